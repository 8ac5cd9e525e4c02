import { BYTES, FIXED32, VARINT } from "./wire-reader.ts";

const UTF8 = new TextEncoder();

/** Builds one message of protobuf's wire format from pieces: large ones are copied once, at the end. */
export class WireWriter {
  readonly #pieces: Uint8Array<ArrayBuffer>[] = [];
  #length = 0;

  /** An integer of 64 bits; what was rounded up to 2^63 is its largest again. */
  integer(field: number, value: number): this {
    return this.#add(tagOf(field, VARINT)).#add(varint(value));
  }

  float(field: number, value: number): this {
    return this.#add(tagOf(field, FIXED32)).#add(new Uint8Array(Float32Array.of(value).buffer));
  }

  /** Nothing for "", which is what a missing field means. */
  text(field: number, value: string): this {
    return value === "" ? this : this.bytes(field, UTF8.encode(value));
  }

  bytes(field: number, value: Uint8Array<ArrayBuffer>): this {
    return this.#add(tagOf(field, BYTES)).#add(varint(value.length)).#add(value);
  }

  integers(field: number, values: readonly number[]): this {
    const packed = new WireWriter();
    for (const value of values) packed.#add(varint(value));
    return this.message(field, packed);
  }

  floats(field: number, values: readonly number[]): this {
    return this.bytes(field, new Uint8Array(Float32Array.from(values).buffer));
  }

  message(field: number, value: WireWriter): this {
    this.#add(tagOf(field, BYTES)).#add(varint(value.#length));
    for (const piece of value.#pieces) this.#add(piece);
    return this;
  }

  /** Fields that are in the wire format already. */
  raw(fields: Uint8Array<ArrayBuffer>): this {
    return this.#add(fields);
  }

  finish(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.#length);
    let at = 0;
    for (const piece of this.#pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }

  #add(piece: Uint8Array<ArrayBuffer>): this {
    this.#pieces.push(piece);
    this.#length += piece.length;
    return this;
  }
}

function tagOf(field: number, wire: number): Uint8Array<ArrayBuffer> {
  return varint(field * 8 + wire);
}

function varint(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  if (value >= 0 && value <= Number.MAX_SAFE_INTEGER) {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
    bytes.push(rest);
  } else {
    const largest = 2n ** 63n - 1n;
    let rest = BigInt.asUintN(64, BigInt(value) > largest ? largest : BigInt(value));
    for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) + 128);
    bytes.push(Number(rest));
  }
  return Uint8Array.from(bytes);
}
