import { describe, expect, it } from "vitest";
import { ListedValues } from "../../../../src/compute/statistics/ascending-values.ts";
import { boxNumbers } from "../../../../src/compute/statistics/box-numbers.ts";
import { PickedValues } from "../../../../src/compute/statistics/picked-values.ts";
import { sortColumn } from "../../../../src/compute/statistics/sorted-column.ts";
import { normal, uniform } from "../../compute/random.ts";
import { boxGoldens } from "./goldens.ts";

const ascending = (values: Iterable<number>) => Float64Array.from(values).sort();
const owners = (count: number) => Int32Array.from({ length: count }, (_, place) => place);

describe("the numbers of a box", () => {
  it.each(boxGoldens)("are NumPy's: $name", ({ values, numbers, outliers }) => {
    const box = boxNumbers(new ListedValues(Float64Array.from(values), owners(values.length)), numbers.mean);
    expect(box).toMatchObject({ ...numbers, n: values.length, outlierCount: outliers.length });
    expect([...box.outlierRows].map((row) => values[row])).toEqual([...box.outliers]);
    if (outliers.length <= 200) expect(box.outliers).toEqual(outliers);
    else {
      expect(box.outliers.length).toBe(200);
      expect([box.outliers[0], box.outliers[199]]).toEqual([outliers[0], outliers[outliers.length - 1]]);
      // Every one is among all, at even steps.
      const places = [...box.outliers].map((value) => outliers.indexOf(value));
      const steps = places.slice(1).map((place, at) => place - (places[at] ?? 0));
      expect([Math.min(...steps), Math.max(...steps)]).toEqual([1, 2]);
    }
  });

  it("are those of the picked rows alone, whichever and however many are picked", () => {
    const random = uniform(4);
    const bell = normal(5);
    const rows = 1_000;
    // Few different values, so that many are equal.
    const data = Float32Array.from({ length: rows }, () => Math.round(8 * bell()) / 4);
    const groups = { codes: new Int32Array(rows), count: 1 };
    const column = sortColumn({ values: { data, rows, columns: 1 }, groups, slides: null }, 0);
    for (const share of [0.001, 0.01, 0.2, 0.5, 0.97, 1]) {
      const picked = owners(rows).filter((row) => row === 7 || random() < share);
      const values = new PickedValues(column, picked);
      const expected = ascending([...picked].map((row) => data[row] ?? 0));
      expect(values.length).toBe(picked.length);
      expect([...expected.keys()].map((place) => values.valueAt(place))).toEqual([...expected]);
      expect([...expected.keys()].map((place) => values.ownerAt(place)).sort((a, b) => a - b)).toEqual([...picked]);
    }
  });

  it("leave out what is not finite and rows without a group", () => {
    const data = Float32Array.of(3, Number.NaN, -1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, -0.5, 9);
    const codes = Int32Array.of(0, 0, 1, 0, 0, 1, 0, -1);
    const column = sortColumn({ values: { data, rows: 8, columns: 1 }, groups: { codes, count: 2 }, slides: null }, 0);
    expect([...column.order]).toEqual([2, 6, 4, 0]);
    const picked = new PickedValues(column, owners(8));
    expect([...picked.values]).toEqual([3, -1, 2, -0.5]);
    expect([...picked.rows]).toEqual([0, 2, 4, 6]);
  });

  it("of one value are this value, and of none mean nothing", () => {
    const one = boxNumbers(new ListedValues(Float64Array.of(4), Int32Array.of(9)), 4);
    expect(one).toMatchObject({ n: 1, min: 4, q1: 4, median: 4, q3: 4, max: 4, whiskerLow: 4, whiskerHigh: 4 });
    const none = boxNumbers(new ListedValues(new Float64Array(), new Int32Array()), Number.NaN);
    expect(none).toMatchObject({ n: 0, median: Number.NaN, outlierCount: 0 });
  });
});

describe("sorting a unit's values", () => {
  it("puts any numbers of single precision in order, equal ones by row", () => {
    const random = uniform(8);
    const bits = Int32Array.from({ length: 20_000 }, () => Math.floor(random() * 2 ** 32));
    const data = new Float32Array(bits.buffer);
    data.set([0, -0, 1e-45, -1e-45, 3.4e38, -3.4e38, 0.5, 0.5], 100);
    const groups = { codes: new Int32Array(data.length), count: 1 };
    const { order, ranks } = sortColumn({ values: { data, rows: data.length, columns: 1 }, groups, slides: null }, 0);
    const finite = [...data.keys()].filter((row) => Number.isFinite(data[row]));
    // -0 stands before 0.
    const signed = (row: number) => (Object.is(data[row], -0) ? -1 : 0);
    const expected = finite.sort((a, b) => (data[a] ?? 0) - (data[b] ?? 0) || signed(a) - signed(b) || a - b);
    expect([...order]).toEqual(expected);
    expect([...order].every((row, rank) => ranks[row] === rank)).toBe(true);
    expect(ranks.filter((rank) => rank === -1).length).toBe(data.length - finite.length);
  });
});
