import { describe, expect, it } from "vitest";
import {
  addRow,
  countRows,
  emptyMask,
  fullMask,
  hasRow,
  intersectMask,
  invertMask,
  maskOf,
  rowsOf,
  sameMask,
  subtractMask,
  unionMask,
} from "../../../src/compute/selection/row-mask.ts";

const rows = (mask: Parameters<typeof rowsOf>[0]) => [...rowsOf(mask)];

describe("a row mask", () => {
  it("lays its bits out as NumPy's packbits with bitorder little", () => {
    expect([...maskOf([0, 3, 8, 10], 11)]).toEqual([0b00001001, 0b00000101]);
  });

  it("gives back the rows it was made of, ascending and once each", () => {
    expect(rows(maskOf([10, 3, 3, 0, 8], 11))).toEqual([0, 3, 8, 10]);
  });

  it("leaves out rows that do not exist", () => {
    expect(rows(maskOf([-1, 2, 5, 8], 5))).toEqual([2]);
  });

  it("holds no bit past the last row, so that equal sets have equal bytes", () => {
    expect([...fullMask(11)]).toEqual([0xff, 0x07]);
    expect([...invertMask(maskOf([1], 3), 3)]).toEqual([0b101]);
    expect([...fullMask(16)]).toEqual([0xff, 0xff]);
    expect([...fullMask(0)]).toEqual([]);
  });

  it("counts every row of every byte value", () => {
    for (let byte = 0; byte < 256; byte++) {
      const ones = byte.toString(2).replaceAll("0", "").length;
      expect(countRows(Uint8Array.of(byte))).toBe(ones);
      expect(rowsOf(Uint8Array.of(0, byte)).length).toBe(ones);
    }
  });

  it("adds a row and knows it", () => {
    const mask = emptyMask(20);
    addRow(mask, 17);
    expect(hasRow(mask, 17)).toBe(true);
    expect(hasRow(mask, 16)).toBe(false);
    expect(hasRow(mask, 25)).toBe(false);
  });

  it("combines as sets do", () => {
    const a = maskOf([1, 2, 9], 12);
    const b = maskOf([2, 3, 11], 12);
    expect(rows(unionMask(a, b))).toEqual([1, 2, 3, 9, 11]);
    expect(rows(intersectMask(a, b))).toEqual([2]);
    expect(rows(subtractMask(a, b))).toEqual([1, 9]);
    expect(rows(invertMask(a, 12))).toEqual([0, 3, 4, 5, 6, 7, 8, 10, 11]);
    expect(rows(a)).toEqual([1, 2, 9]);
  });

  it("tells no selection from an empty one", () => {
    expect(sameMask(null, null)).toBe(true);
    expect(sameMask(null, emptyMask(4))).toBe(false);
    expect(sameMask(maskOf([1], 4), maskOf([1], 4))).toBe(true);
    expect(sameMask(maskOf([1], 4), maskOf([2], 4))).toBe(false);
    expect(sameMask(emptyMask(4), emptyMask(40))).toBe(false);
  });
});
