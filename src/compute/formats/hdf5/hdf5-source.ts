import type { FileBytes } from "../file-bytes.ts";
import type { FileReader } from "../file-reader.ts";
import { metadataChecksum } from "./metadata-checksum.ts";

/** The file as its structures are addressed: from the superblock on, addresses and lengths as wide as that says. */
export class Hdf5Source {
  /** Collections of strings that were read, by address: each holds many. */
  readonly textHeaps = new Map<number, ReadonlyMap<number, Uint8Array<ArrayBuffer>>>();

  constructor(
    readonly file: FileBytes,
    /** Width of an address, in bytes. */
    readonly addressSize: number,
    /** Width of a length, in bytes. */
    readonly lengthSize: number,
  ) {}

  address(reader: FileReader): number | null {
    return reader.address(this.addressSize);
  }

  /** An address that must lead somewhere. */
  target(reader: FileReader): number {
    const address = this.address(reader);
    if (address === null) throw reader.damaged("leads nowhere");
    return address;
  }

  length(reader: FileReader): number {
    return reader.uint(this.lengthSize);
  }

  /** A structure that begins with four letters, as far as the file goes. */
  structure(address: number, signature: string, what: string): FileReader {
    this.file.takeStep();
    const reader = this.file.readerFrom(address, `${what} at byte ${address.toLocaleString("en-US")}`);
    reader.expect(signature);
    return reader;
  }

  /** The checksum that newer structures end with, after all that was read of them. */
  endWithChecksum(reader: FileReader): void {
    const expected = metadataChecksum(reader.bytes.subarray(0, reader.at));
    if (reader.uint32() !== expected) throw reader.damaged("doesn't have the checksum it ends with");
  }
}
