import { describe, expect, test } from "vitest";
import { WireReader } from "../../../../src/compute/model/onnx/wire/wire-reader.ts";
import { WireWriter } from "../../../../src/compute/model/onnx/wire/wire-writer.ts";

/** A walk that stands on its first field. */
function onFirst(...bytes: number[]): WireReader {
  const reader = new WireReader(Uint8Array.from(bytes));
  expect(reader.next()).toBe(true);
  return reader;
}

/** A walk over the only field of a message, which another message holds, with a byte after it. */
function inner(...bytes: number[]): WireReader {
  return onFirst(10, bytes.length, ...bytes, 0).message();
}

describe("a field", () => {
  test("of whole numbers is read to both ends of 64 bits", () => {
    for (const value of [0, 1, 127, 128, 300, 2 ** 31, 2 ** 32, 2 ** 53 - 1, -1, -300, -(2 ** 53 - 1), -(2 ** 63)]) {
      const reader = new WireReader(new WireWriter().integer(3, value).finish());
      reader.next();
      expect([reader.field, reader.integer()]).toEqual([3, value]);
    }
  });

  test("of words keeps every bit", () => {
    const words: number[] = [];
    onFirst(8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f).words(words);
    expect(new BigInt64Array(Uint32Array.from(words).buffer)[0]).toBe(2n ** 63n - 1n);
  });

  test("may hold a list packed or number by number", () => {
    const numbers: number[] = [];
    const packed = onFirst(10, 3, 1, 172, 2, 8, 5);
    packed.integers(numbers);
    packed.next();
    packed.integers(numbers);
    expect(numbers).toEqual([1, 300, 5]);
  });

  test("is a view of the file, not a copy", () => {
    const reader = onFirst(10, 2, 65, 66);
    expect(reader.view().buffer).toBe(reader.bytes.buffer);
  });
});

describe("no length is believed", () => {
  test("that leaves the file", () => {
    expect(() => onFirst(10, 5, 65, 66).view()).toThrow("short");
    expect(() => onFirst(10, 0xff, 0xff, 0xff, 0xff, 0x0f, 65).skip()).toThrow("short");
  });

  test("that leaves its message for what comes after", () => {
    const reader = inner(10, 2, 65);
    reader.next();
    expect(() => reader.view()).toThrow("broken");
    const longer = inner(10, 3, 10, 2, 65);
    longer.next();
    const innermost = longer.message();
    innermost.next();
    expect(() => innermost.text()).toThrow("broken");
  });

  test("that is less than nothing", () => {
    const minusOne = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    expect(() => onFirst(10, ...minusOne, 65).view()).toThrow("broken");
    expect(() => onFirst(10, ...minusOne, 65).message()).toThrow("broken");
  });

  test("that has more digits than a number of 64 bits", () => {
    expect(() => onFirst(8, ...Array(11).fill(0x80), 1).integer()).toThrow("broken");
  });
});

test("a field of another kind than asked for is broken, not misread", () => {
  expect(() => onFirst(8, 1).view()).toThrow("broken");
  expect(() => onFirst(10, 1, 65).integer()).toThrow("broken");
  expect(() => onFirst(11).skip()).toThrow("broken");
  expect(() => new WireReader(Uint8Array.of(2, 0)).next()).toThrow("broken");
});
