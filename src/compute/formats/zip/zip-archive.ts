import { ComputeError } from "../../errors.ts";
import { FileBytes } from "../file-bytes.ts";
import { damagedFile, figure } from "../file-error.ts";
import { unpackDeflated } from "../unpack-deflated.ts";
import { checksumOf } from "./checksum-of.ts";
import { readDirectory, type ZipEntry } from "./zip-directory.ts";

const [STORED, DEFLATED] = [0, 8];
const ENCRYPTED = 1;
/** Of an entry's own header before its name. */
const HEADER = 30;

/** The files in a zip: stored ones as views of it, deflated ones unpacked by the browser. */
export class ZipArchive {
  readonly #file: FileBytes;
  readonly #entries: ReadonlyMap<string, ZipEntry>;

  /**
   * @param name - The file's name, for errors.
   * @throws {ComputeError} when it is no zip, or its directory is damaged.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>, name: string) {
    this.#file = new FileBytes(bytes, name);
    this.#entries = readDirectory(this.#file);
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  /** @throws {ComputeError} when a file in it is encrypted. */
  refuseEncrypted(): void {
    for (const { flags } of this.#entries.values()) if (flags & ENCRYPTED) throw this.#encrypted();
  }

  /**
   * @returns null where there is no such file.
   * @throws {ComputeError} when it is encrypted, packed in another way, damaged, or unpacks to far more than it is.
   */
  async read(name: string): Promise<Uint8Array<ArrayBuffer> | null> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return null;
    const what = `${name} in it`;
    if (entry.flags & ENCRYPTED) throw this.#encrypted();
    const header = this.#file.reader(entry.at, HEADER, what);
    header.expect("PK\x03\x04");
    header.skip(22);
    const start = entry.at + HEADER + header.uint16() + header.uint16();
    const packed = this.#file.part(start, entry.packedSize, what);
    if (entry.method === STORED) {
      if (entry.size !== entry.packedSize) {
        throw damagedFile(this.#file.name, `${what} has ${figure(entry.size)} and ${figure(entry.packedSize)} bytes`);
      }
      return this.#checked(packed, entry, what);
    }
    if (entry.method !== DEFLATED) {
      const cause = `${this.#file.name} packs ${name} in a way that is not read here (method ${entry.method}).`;
      throw new ComputeError("input", cause, "Zip it with deflate.");
    }
    this.#file.takeMemory(entry.size, what);
    const unpacked = await unpackDeflated(packed, "deflate-raw", entry.size, this.#file.name, what);
    return this.#checked(unpacked, entry, what);
  }

  #encrypted(): ComputeError {
    const { name } = this.#file;
    return new ComputeError("input", `${name} is encrypted.`, "Unpack it with its password and save it anew.");
  }

  #checked(bytes: Uint8Array<ArrayBuffer>, { checksum }: ZipEntry, what: string): Uint8Array<ArrayBuffer> {
    if (checksumOf(bytes) === checksum) return bytes;
    throw damagedFile(this.#file.name, `${what} doesn't have the checksum that its directory says`);
  }
}

/** True where bytes begin as a zip does. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
