import { damagedFile, figure } from "./file-error.ts";
import { FileReader } from "./file-reader.ts";

/**
 * A file whose every address and length is held against its size before it is followed, and whose readers are bounded in
 * what they do: a damaged file is answered in a time and with a memory that its size gives.
 *
 * All that the readers of HDF5 and zip know of where bytes are goes through here, so that a file that is read piece by
 * piece could take this one's place.
 */
export class FileBytes {
  /** A step is a structure that was followed: an honest file has fewer of them than bytes. */
  #stepsLeft: number;
  /** Deflate makes 1,032 bytes of one at most. Room for all that is unpacked or filled in, in bytes. */
  #unpackedLeft: number;

  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    /** The name that errors say. */
    readonly name: string,
  ) {
    this.#stepsLeft = 10_000 + Math.min(bytes.length, 4_000_000);
    this.#unpackedLeft = Math.min(65_536 + bytes.length * 1_032, 4 * 2 ** 30);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** A view of a part, no copy. `what` is said where the file hasn't got it: "its local heap". */
  part(at: number, length: number, what: string): Uint8Array<ArrayBuffer> {
    if (!(at >= 0 && length >= 0 && at + length <= this.length)) {
      const where = `${what} should be ${figure(length)} bytes at byte ${figure(at)}`;
      throw damagedFile(this.name, `${where}, the file has ${figure(this.length)}`);
    }
    return this.bytes.subarray(at, at + length);
  }

  reader(at: number, length: number, what: string): FileReader {
    return new FileReader(this.part(at, length, what), this.name, what);
  }

  /** Over bytes that were taken out of the file before. */
  readerOver(bytes: Uint8Array<ArrayBuffer>, what: string): FileReader {
    return new FileReader(bytes, this.name, what);
  }

  /** From `at` to the file's end, for what tells its length itself. */
  readerFrom(at: number, what: string): FileReader {
    return this.reader(at, Math.max(0, this.length - at), what);
  }

  /** To be called for every structure that another one names. */
  takeStep(): void {
    this.#stepsLeft -= 1;
    if (this.#stepsLeft < 0) throw damagedFile(this.name, "its parts name each other in a circle");
  }

  /** To be called before memory is taken for what isn't in the file as it is. */
  takeMemory(length: number, what: string): void {
    if (!(length <= this.#unpackedLeft)) {
      throw damagedFile(
        this.name,
        `${what} would unpack to ${figure(length)} bytes, the file has ${figure(this.length)}`,
      );
    }
    this.#unpackedLeft -= length;
  }
}
