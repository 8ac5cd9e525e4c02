import { damagedFile, figure } from "./file-error.ts";

/** Little-endian numbers one after the other from a part of a file, none past its end. */
export class FileReader {
  readonly #view: DataView;
  #at = 0;

  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    readonly fileName: string,
    /** What is read, as errors say it: "its superblock". */
    readonly what: string,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  get at(): number {
    return this.#at;
  }

  get left(): number {
    return this.bytes.length - this.#at;
  }

  skip(length: number): void {
    this.#advance(length);
  }

  take(length: number): Uint8Array<ArrayBuffer> {
    const at = this.#advance(length);
    return this.bytes.subarray(at, at + length);
  }

  uint8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** Of 1 to 8 bytes; past 2^53 it is rounded, and larger than any file all the same. */
  uint(size: number): number {
    const at = this.#advance(size);
    let value = 0;
    for (let place = at + size - 1; place >= at; place--) value = value * 256 + this.#view.getUint8(place);
    return value;
  }

  /** An address of `size` bytes; null for the one of nothing but ones, which HDF5 writes for "nowhere". */
  address(size: number): number | null {
    const at = this.#at;
    const value = this.uint(size);
    return this.bytes.subarray(at, at + size).every((byte) => byte === 0xff) ? null : value;
  }

  /** The letters that a structure starts with. */
  expect(signature: string): void {
    const found = String.fromCharCode(...this.take(signature.length));
    if (found !== signature) throw this.damaged(`doesn't begin with ${signature}`);
  }

  /** Bytes up to a zero, which is read as well. */
  zeroEnded(): Uint8Array<ArrayBuffer> {
    const end = this.bytes.indexOf(0, this.#at);
    if (end < 0) throw this.damaged("has a name without an end");
    const name = this.take(end - this.#at);
    this.skip(1);
    return name;
  }

  damaged(cause: string): Error {
    return damagedFile(this.fileName, `${this.what} ${cause}`);
  }

  #advance(length: number): number {
    const at = this.#at;
    if (!(length >= 0 && length <= this.left)) {
      throw this.damaged(`needs ${figure(length)} bytes more and has ${figure(this.left)}`);
    }
    this.#at += length;
    return at;
  }
}
