import { describe, expect, it } from "vitest";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { chooseStops, possibleStops } from "../../../../src/compute/umap/neighbors/choose-stops.ts";
import { PairComparison } from "../../../../src/compute/umap/neighbors/pair-comparison.ts";
import { normal } from "../random.ts";

describe("the places where a tile may stop", () => {
  it.each([8, 16, 64, 256, 784, 4096])("ascend by multiples of 8 to all of %i columns", (width) => {
    const stops = possibleStops(width);
    expect(stops.at(-1)).toBe(width);
    expect(stops.filter((stop, place) => stop % 8 !== 0 || stop <= (stops[place - 1] ?? 0))).toEqual([]);
    expect(stops.length).toBeLessThan(64);
  });
});

describe("the stops chosen", () => {
  const possible = [8, 16, 24, 32, 40, 48, 56, 64];
  const at = (counts: Readonly<Record<number, number>>) => possible.map((stop) => counts[stop] ?? 0);

  it("are the end alone where no tile can stop sooner", () => {
    expect(chooseStops(possible, at({}), 100)).toEqual([64]);
    expect(chooseStops(possible, at({ 64: 100 }), 100)).toEqual([64]);
  });

  it("are where most tiles can stop, and the end", () => {
    expect(chooseStops(possible, at({ 16: 90 }), 100)).toEqual([16, 64]);
    expect(chooseStops(possible, at({ 8: 50, 40: 45 }), 100)).toEqual([8, 40, 64]);
  });

  it("skip a place where too few stop to be worth the question", () => {
    expect(chooseStops(possible, at({ 8: 5, 24: 90 }), 100)).toEqual([24, 64]);
  });
});

describe("a comparison of quantised rows", () => {
  const [count, width, block, keep] = [300, 40, 64, 6];
  const padded = 320;
  const next = normal(5);
  const rowOf = (place: number) => Math.floor(place / (8 * width)) * 8 + ((place >> 1) & 7);
  /**
   * Some rows lie in a heap. Of each four others three lie in another one, far away, and one lies around the
   * first heap: no limit but its own makes their tile worth comparing.
   */
  const kindOf = (row: number) =>
    row >= 208 && row < 256 ? "heap" : (row & 3) === ((row >> 2) & 3) ? "around" : "far";
  const numberOf = (row: number, column: number) => {
    const kind = kindOf(row);
    const noise = (kind === "around" ? 350 : 30) * next();
    return Math.round(noise + (column > 0 ? 0 : kind === "far" ? -6000 : 6000));
  };
  const numbers = Int16Array.from({ length: padded * width }, (_, place) => {
    const row = rowOf(place);
    return row < count ? numberOf(row, 2 * ((place >> 4) % (width / 2)) + (place & 1)) : 0;
  });

  /** All pairs compared with these stops. */
  async function compareAll(stops?: readonly number[]) {
    const arena = await Arena.create();
    const panels = arena.allocate(numbers.byteLength);
    const lengths = arena.allocate(padded * 4);
    arena.shorts(panels, numbers.length).set(numbers);
    const squared = arena.ints(lengths, padded);
    for (const [place, number] of numbers.entries()) {
      squared[rowOf(place)] = (squared[rowOf(place)] ?? 0) + number ** 2;
    }
    const comparison = new PairComparison(arena, { count, padded, width, panels, lengths }, block, keep);
    if (stops) comparison.stopWhereItPays(stops);
    for (let chosen = 0; chosen < comparison.blocks; chosen++) {
      comparison.chooseBlock(chosen);
      comparison.compare(chosen, chosen);
    }
    for (let chosen = 0; chosen < comparison.blocks; chosen++) {
      comparison.chooseBlock(chosen);
      for (let other = chosen + 1; other < comparison.blocks; other++) comparison.compare(chosen, other);
    }
    return {
      distances: arena.ints(comparison.distances, count * keep).slice(),
      candidates: arena.ints(comparison.candidates, count * keep).slice(),
    };
  }

  it("finds the same candidates wherever its tiles stop, those of comparing all", async () => {
    const whole = await compareAll([width]);
    for (const stops of [undefined, [8, width], [4, 8, 12, 16, 20, 24, 28, 32, 36, width], [32, width]])
      expect(await compareAll(stops)).toEqual(whole);
    const stored = (row: number, column: number) =>
      numbers[(row >> 3) * width * 8 + (column >> 1) * 16 + (row & 7) * 2 + (column & 1)] ?? 0;
    for (let row = 0; row < count; row += 7) {
      const all = Array.from({ length: count }, (_, other) =>
        other === row
          ? Number.POSITIVE_INFINITY
          : Array.from({ length: width }, (__, t) => (stored(row, t) - stored(other, t)) ** 2).reduce((a, b) => a + b),
      ).sort((a, b) => a - b);
      expect([...whole.distances.subarray(row * keep, (row + 1) * keep)]).toEqual(all.slice(0, keep));
    }
  });
});
