import { describe, expect, it } from "vitest";
import { fullMask, maskOf } from "../../../../src/compute/selection/row-mask.ts";
import { RowPicker } from "../../../../src/compute/statistics/boxes/row-picker.ts";
import { slideMeans } from "../../../../src/compute/statistics/boxes/slide-numbers.ts";
import { SortedColumns } from "../../../../src/compute/statistics/boxes/sorted-columns.ts";
import type { GroupedRows } from "../../../../src/compute/statistics/grouped-rows.ts";
import { KernelMemory } from "../../../../src/compute/statistics/kernel-memory.ts";
import { normal, uniform } from "../../compute/random.ts";

const plain = { share: false, bound: 0 };

function oneUnit(data: Float32Array<ArrayBuffer>, codes = new Int32Array(data.length), count = 1): GroupedRows {
  return { values: { data, rows: data.length, columns: 1 }, groups: { codes, count }, slides: null };
}

describe("rows picked out of a sorted unit", () => {
  it("are in order, each with its row, whichever and however many they are", async () => {
    const random = uniform(4);
    const bell = normal(5);
    // Few different values, so that many are equal.
    const data = Float32Array.from({ length: 1_003 }, () => Math.round(8 * bell() + 20) / 4);
    const picker = await RowPicker.create(oneUnit(data));
    for (const share of [0.001, 0.01, 0.2, 0.5, 0.97, 1]) {
      const wanted = [...data.keys()].filter((row) => row === 7 || random() < share);
      const { values, ofSlides } = picker.pick(0, picker.listRows(maskOf(wanted, data.length)), plain);
      const expected = wanted.map((row) => data[row] ?? 0).sort((a, b) => a - b);
      expect([...values.rows]).toEqual(wanted);
      expect([...values.values]).toEqual(wanted.map((row) => data[row]));
      expect(expected.map((_, place) => values.valueAt(place))).toEqual(expected);
      expect(expected.map((_, place) => data[values.ownerAt(place)])).toEqual(expected);
      expect(expected.map((_, place) => values.ownerAt(place)).sort((a, b) => a - b)).toEqual(wanted);
      expect(ofSlides.tiles[0]).toBe(wanted.length);
      expect(ofSlides.sums[0]).toBeCloseTo(
        expected.reduce((sum, value) => sum + value, 0),
        10,
      );
    }
  });

  it("leave out what is not finite and rows without a group", async () => {
    const data = Float32Array.of(3, Number.NaN, -1, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY, -0.5, 9);
    const codes = Int32Array.of(0, 0, 1, 0, 0, 1, 0, -1);
    const picker = await RowPicker.create(oneUnit(data, codes, 2));
    expect(picker.rangeOf(0)).toEqual([-1, 3]);
    const listed = picker.listRows(fullMask(8));
    expect(listed.count).toBe(7);
    const { values } = picker.pick(0, listed, plain);
    expect([...values.rows]).toEqual([0, 2, 4, 6]);
    expect(picker.groups.map((rows) => [...picker.pick(0, rows, plain).values.rows])).toEqual([[0, 4, 6], [2]]);
  });

  it("come to a number for each slide that they are of, in whatever order slides come", async () => {
    const data = Float32Array.of(1, 2, 4, 8, 16, 32, 64);
    const slides = { codes: Int32Array.of(3, 3, 0, 3, -1, 0, 2), count: 5 };
    const picker = await RowPicker.create({ ...oneUnit(data), slides });
    const pick = (wanted: number[], share: boolean, bound: number) =>
      slideMeans(picker.pick(0, picker.listRows(maskOf(wanted, 7)), { share, bound }).ofSlides);
    expect(pick([0, 1, 2, 3, 4, 5, 6], false, 0)).toEqual({
      slides: Int32Array.of(0, 2, 3),
      values: Float64Array.of(18, 64, 11 / 3),
    });
    expect(pick([1, 3, 4, 5], true, 2)).toEqual({ slides: Int32Array.of(0, 3), values: Float64Array.of(1, 0.5) });
  });
});

describe("sorting a unit's values", () => {
  it("puts any numbers of single precision in order, equal ones by row", async () => {
    const random = uniform(8);
    const bits = Int32Array.from({ length: 20_000 }, () => Math.floor(random() * 2 ** 32));
    const data = new Float32Array(bits.buffer);
    data.set([0, -0, 1e-45, -1e-45, 3.4e38, -3.4e38, 0.5, 0.5], 100);
    const memory = await KernelMemory.create();
    const column = new SortedColumns(memory, oneUnit(data)).of(0);
    const order = memory.ints(column.order, column.count);
    const ranks = memory.ints(column.ranks, data.length);
    const finite = [...data.keys()].filter((row) => Number.isFinite(data[row]));
    // -0 stands before 0.
    const signed = (row: number) => (Object.is(data[row], -0) ? -1 : 0);
    const expected = finite.sort((a, b) => (data[a] ?? 0) - (data[b] ?? 0) || signed(a) - signed(b) || a - b);
    expect([...order]).toEqual(expected);
    expect([...order].every((row, rank) => ranks[row] === rank)).toBe(true);
    expect(ranks.filter((rank) => rank === -1).length).toBe(data.length - finite.length);
  });

  it("keeps as many units as fit in 192 MB, and gives the place of the longest unused one away", async () => {
    const rows = 2_500_000;
    const units = 8;
    const data = new Float32Array(rows * units);
    for (let unit = 0; unit < units; unit++) data[unit] = unit + 1;
    const memory = await KernelMemory.create();
    const columns = new SortedColumns(memory, {
      values: { data, rows, columns: units },
      groups: { codes: new Int32Array(rows), count: 1 },
      slides: null,
    });
    const greatest = (unit: number) => {
      const { values, order, count } = columns.of(unit);
      return memory.floats(values, rows)[memory.ints(order, count)[count - 1] ?? 0];
    };
    for (const unit of [0, 1, 2, 3, 4, 5]) expect(greatest(unit)).toBe(unit + 1);
    const { values: first } = columns.of(0);
    const { values: second } = columns.of(1);
    const { values: third } = columns.of(2);
    expect([first, second, third]).not.toContain(columns.of(6).values);
    expect([0, 1, 2, 6, 7].map(greatest)).toEqual([1, 2, 3, 7, 8]);
    expect([columns.of(0).values, columns.of(1).values, columns.of(2).values]).toEqual([first, second, third]);
    expect(memory.kernels.memory.buffer.byteLength).toBeLessThan(6 * 12 * rows + 12 * rows + 2 ** 20);
  });
});
