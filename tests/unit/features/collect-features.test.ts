import { describe, expect, it } from "vitest";
import { batchSize } from "../../../src/compute/features/batch-size.ts";
import { collectFeatures, type Lane } from "../../../src/compute/features/collect-features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { countHands } from "../../../src/compute/runtime/count-hands.ts";

const input = { name: "x", type: 1, dims: [2], batch: null };
const blocks = [{ layer: "sum", start: 0, channels: 1, places: 1, channelsLast: false }];
const pictures = (count: number) =>
  batchesOf(
    Float32Array.from({ length: 2 * count }, (_, place) => place),
    input,
  );

/** Adds the two numbers of each picture. */
const sums: Lane = async (numbers, rows) => ({
  rows,
  blocks,
  features: Float32Array.from({ length: rows }, (_, row) => (numbers[2 * row] ?? 0) + (numbers[2 * row + 1] ?? 0)),
  predictions: new Float32Array(),
  classes: 0,
});

describe("features of many pictures", () => {
  it("stand in the pictures' order, whichever lane took them, and progress counts them", async () => {
    const late: Lane = async (numbers, rows) => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      return sums(numbers, rows);
    };
    const told: number[] = [];
    const { features, predictions } = await collectFeatures(pictures(11), [late, sums], 3, {
      onProgress: ({ done, total, unit }) => told.push(done) && expect([total, unit]).toEqual([11, "pictures"]),
    });
    expect([...features.data]).toEqual(Array.from({ length: 11 }, (_, row) => 4 * row + 1));
    expect(features).toMatchObject({ rows: 11, columns: 1 });
    expect(predictions).toBeNull();
    expect(told[0]).toBe(0);
    expect(told.at(-1)).toBe(11);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it("are stopped between two batches", async () => {
    const controller = new AbortController();
    let batches = 0;
    const lane: Lane = (numbers, rows) => {
      if (++batches === 2) controller.abort();
      return sums(numbers, rows);
    };
    await expect(collectFeatures(pictures(90), [lane], 3, { signal: controller.signal })).rejects.toMatchObject({
      kind: "cancelled",
    });
    expect(batches).toBe(2);
  });

  it("are given up when a lane fails: the others stop at their next batch", async () => {
    let others = 0;
    const failing: Lane = () => Promise.reject(new Error("the lane fell"));
    const other: Lane = (numbers, rows) => {
      others++;
      return sums(numbers, rows);
    };
    await expect(collectFeatures(pictures(90), [failing, other], 1)).rejects.toThrow("the lane fell");
    expect(others).toBeLessThan(3);
  });

  it("that don't fit say how much they take, and there must be pictures", async () => {
    const wide: Lane = async () => ({
      rows: 1,
      blocks: [{ layer: "wide", start: 0, channels: 2 ** 46, places: 1, channelsLast: false }],
      features: new Float32Array(),
      predictions: new Float32Array(),
      classes: 0,
    });
    await expect(collectFeatures(pictures(2), [wide], 1)).rejects.toMatchObject({ kind: "memory" });
    await expect(collectFeatures(pictures(0), [sums], 1)).rejects.toThrow("There are no pictures.");
    expect(() => batchesOf(new Float32Array(7), input)).toThrow("7 numbers are no whole pictures of (2)");
  });
});

describe("how a run is cut", () => {
  it("into batches of as many numbers as four pictures of 224 pixels, at most 64", () => {
    expect(batchSize({ ...input, dims: [3, 224, 224] }, null)).toBe(4);
    expect(batchSize({ ...input, dims: [3, 64, 64] }, null)).toBe(49);
    expect(batchSize({ ...input, dims: [28, 28] }, null)).toBe(64);
    expect(batchSize({ ...input, dims: [3, 1024, 1024] }, null)).toBe(1);
    expect(batchSize(input, 7)).toBe(7);
    expect(batchSize({ ...input, batch: 2 }, 7)).toBe(2);
  });

  it("over as many workers as the machine has, where that pays and there is room", () => {
    const wanted = { asked: null, batches: 16, seconds: 4, modelBytes: 60e6 };
    const machine = { hardwareConcurrency: 4, deviceMemory: 8 };
    expect(countHands(wanted, machine)).toBe(4);
    expect(countHands({ ...wanted, seconds: 1 }, machine)).toBe(1);
    expect(countHands({ ...wanted, batches: 3 }, machine)).toBe(3);
    expect(countHands({ ...wanted, modelBytes: 900e6 }, machine)).toBe(2);
    expect(countHands({ ...wanted, modelBytes: 3e9 }, machine)).toBe(1);
    expect(countHands({ ...wanted, asked: 6 }, machine)).toBe(6);
    expect(countHands(wanted, { hardwareConcurrency: 64, deviceMemory: 64 })).toBe(8);
    expect(countHands(wanted, {})).toBe(1);
  });
});
