import { WireError } from "./wire-error.ts";

/** How a value lies in protobuf's wire format (protobuf.dev/programming-guides/encoding). */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
export const FIXED32 = 5;

/** As protobuf's own readers have it. */
const DEEPEST = 100;
/** Most messages of a file, some 200 MB as objects. An operator with all that PyTorch notes of it has twenty. */
const MOST_MESSAGES = 500_000;
/** Most numbers in lists that become JavaScript arrays (attributes and dimensions; the data of tensors doesn't). */
const MOST_NUMBERS = 16_000_000;

// A mark at the beginning is a part of the name like any other.
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** What all readers of a file have spent together. */
interface Spent {
  messages: number;
  numbers: number;
}

/**
 * A walk over the fields of one message: nothing is copied, no length is believed that leaves the message.
 *
 * `next()` steps onto a field; then `field` and `wire` say what it is, and one of the other methods takes its value.
 */
export class WireReader {
  /** Number and kind of the field that `next()` stepped onto, and where it begins. */
  field = 0;
  wire = 0;
  start = 0;
  /** The last integer's words of 32 bits. */
  #low = 0;
  #high = 0;

  constructor(
    readonly bytes: Uint8Array<ArrayBuffer>,
    public position = 0,
    readonly end: number = bytes.length,
    private readonly depth = 0,
    private readonly spent: Spent = { messages: 0, numbers: 0 },
  ) {}

  /** Step onto the next field. @returns false at the end of the message. */
  next(): boolean {
    if (this.position >= this.end) return false;
    this.start = this.position;
    const tag = this.#varint();
    this.field = Math.floor(tag / 8);
    this.wire = tag & 7;
    if (tag < 8 || tag > 0xffffffff) throw new WireError("broken", this.start);
    return true;
  }

  /** Leave the field's value unread. */
  skip(): void {
    if (this.wire === VARINT) this.#varint();
    else if (this.wire === FIXED64) this.#advance(8);
    else if (this.wire === BYTES) this.#advance(this.#length());
    else if (this.wire === FIXED32) this.#advance(4);
    // Groups (3, 4) were given up before ONNX began.
    else throw new WireError("broken", this.start);
  }

  /** A signed integer of 64 bits; past 2^53 rounded. */
  integer(): number {
    this.#expect(VARINT);
    return this.#varint();
  }

  float(): number {
    this.#expect(FIXED32);
    const at = this.#advance(4);
    return new DataView(this.bytes.buffer, this.bytes.byteOffset).getFloat32(at, true);
  }

  text(): string {
    return UTF8.decode(this.view());
  }

  /** The bytes themselves, not a copy. */
  view(): Uint8Array<ArrayBuffer> {
    this.#expect(BYTES);
    const length = this.#length();
    const at = this.#advance(length);
    return this.bytes.subarray(at, at + length);
  }

  /** A walk over the message in this field. */
  message(): WireReader {
    this.#expect(BYTES);
    if (this.depth >= DEEPEST) throw new WireError("deep", this.start);
    if (++this.spent.messages > MOST_MESSAGES) throw new WireError("many", this.start);
    const length = this.#length();
    const at = this.#advance(length);
    return new WireReader(this.bytes, at, at + length, this.depth + 1, this.spent);
  }

  /** Append what this field adds to a list of integers: one, or many packed. */
  integers(into: number[]): void {
    if (this.wire === VARINT) into.push(this.#counted(this.#varint()));
    else {
      const list = this.#list();
      while (list.position < list.end) into.push(this.#counted(list.#varint()));
    }
  }

  /** As `integers`, each exact in two words of 32 bits, the lower first. */
  words(into: number[]): void {
    if (this.wire === VARINT) this.#word(into);
    else {
      const list = this.#list();
      while (list.position < list.end) list.#word(into);
    }
  }

  /** Append what this field adds to a list of floats: one, or many packed. */
  floats(into: number[]): void {
    if (this.wire === FIXED32) into.push(this.#counted(this.float()));
    else {
      const list = this.#list();
      list.wire = FIXED32;
      while (list.position < list.end) into.push(this.#counted(list.float()));
    }
  }

  #word(into: number[]): void {
    this.#counted(this.#varint());
    into.push(this.#low, this.#high);
  }

  #counted(value: number): number {
    if (++this.spent.numbers > MOST_NUMBERS) throw new WireError("many", this.start);
    return value;
  }

  #list(): WireReader {
    const packed = this.view();
    return new WireReader(this.bytes, this.position - packed.length, this.position, this.depth, this.spent);
  }

  #expect(wire: number): void {
    if (this.wire !== wire) throw new WireError("broken", this.start);
  }

  #length(): number {
    const length = this.#varint();
    if (length < 0) throw new WireError("broken", this.start);
    return length;
  }

  /** Step over so many bytes. @returns where they begin. */
  #advance(count: number): number {
    const at = this.position;
    if (count > this.end - at)
      throw new WireError(this.end === this.bytes.length ? "short" : "broken", this.start, at + count);
    this.position = at + count;
    return at;
  }

  #varint(): number {
    // Seven bits a byte, lowest first: 28 bits apiece keep to what a bitwise operation can hold.
    let low = 0;
    let middle = 0;
    let high = 0;
    for (let count = 0; count < 10; count++) {
      const byte = this.bytes[this.#advance(1)] ?? 0;
      const bits = byte & 0x7f;
      if (count < 4) low |= bits << (7 * count);
      else if (count < 8) middle |= bits << (7 * (count - 4));
      else high |= bits << (7 * (count - 8));
      if (byte < 0x80) {
        this.#low = low + (middle & 15) * 2 ** 28;
        this.#high = (middle >>> 4) | (high << 24);
        return this.#high * 2 ** 32 + this.#low;
      }
    }
    throw new WireError("broken", this.start);
  }
}
