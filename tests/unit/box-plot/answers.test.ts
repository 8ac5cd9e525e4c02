import { describe, expect, it } from "vitest";
import type { UnitBoxes } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { boxesAnswer, filesAnswer, rankingAnswer, statsAnswer } from "../../../src/widgets/box-plot/data/answers.ts";
import type { Answer } from "../../../src/widgets/host/contract.ts";
import { type ArrayPlace, unpackArrays } from "../../../src/widgets/work/pack-arrays.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const facts = { classes: ["a", "b"], slides: ["s", "t"], units: 4 };
const arraysOf = ({ header, bytes }: Answer) => unpackArrays({ arrays: header.arrays as readonly ArrayPlace[], bytes });
const placeOf = ({ header }: Answer, wanted: string) =>
  (header.arrays as readonly ArrayPlace[]).find(({ name }) => name === wanted);
const slide = unitTableOf({ permutationP: Float64Array.of(0.1, 0.2, 0.3, 1) });
const tile = unitTableOf({ level: "tile" });

describe("what a host is told of units", () => {
  it("holds both levels of a ranking, to the bit, each array from a multiple of 8 bytes on", () => {
    const told = { ...facts, level: "slide", test: "anova", method: "mean", threshold: 0.5, permutations: 9, seed: 1 };
    const answer = rankingAnswer({ tile, slide }, { ...told, selected: null });
    const arrays = arraysOf(answer);
    expect(arrays.get("slide.logP")).toEqual(slide.logP);
    expect(arrays.get("slide.statistic")).toEqual(slide.statistic);
    expect(arrays.get("tile.ranking")).toEqual(tile.ranking);
    expect(arrays.get("slide.permutationP")).toEqual(slide.permutationP);
    expect(arrays.has("tile.permutationP")).toBe(false);
    expect(placeOf(answer, "slide.means")?.shape).toEqual([2, 4]);
    for (const { offset } of answer.header.arrays as readonly ArrayPlace[]) expect(offset % 8).toBe(0);
    expect(answer.header).toMatchObject({ level: "slide", classes: ["a", "b"], selected: null });
  });

  it("has one level only where slides are unknown", () => {
    const told = { ...facts, level: "tile", test: "anova", method: "mean", threshold: 0.5, permutations: 9, seed: 1 };
    const arrays = arraysOf(rankingAnswer({ tile, slide: null }, { ...told, selected: 3 }));
    expect([...arrays.keys()].every((name) => name.startsWith("tile."))).toBe(true);
  });

  it("tells of a unit without a statistic as Slideflow does: F -1 and p 1", () => {
    const observed = {
      values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
      slides: Int32Array.of(0, 1),
      groups: Int32Array.of(0, 1),
      tiles: Int32Array.of(9, 8),
    };
    const answer = statsAnswer({ tile, slide }, observed, facts);
    const arrays = arraysOf(answer);
    expect(arrays.get("slide.f")).toEqual(Float64Array.of(12, 0.5, 90, -1));
    expect(arrays.get("tile.p")?.[3]).toBe(1);
    expect([...(arrays.get("slide.ranking") ?? [])]).toEqual([2, 0, 1, 3]);
    expect(placeOf(answer, "values")?.shape).toEqual([2, 4]);
    expect(arrays.get("tiles")).toEqual(Int32Array.of(9, 8));
  });

  it("lists the boxes of units by group, the selection's last", () => {
    const box = (n: number) => ({
      box: {
        ...{ n, mean: 1, min: 2, q1: 3, median: 4, q3: 5, max: 6, whiskerLow: 7, whiskerHigh: 8, outlierCount: 9 },
        outliers: new Float32Array(),
        outlierRows: new Int32Array(),
      },
      density: null,
      swarm: null,
      slideMeans: new Float64Array(),
      slides: new Int32Array(),
    });
    const panel: UnitBoxes = { unit: 7, groups: [box(10), box(11)], selection: box(12), range: [0, 1] };
    const answer = boxesAnswer([panel], facts);
    expect(answer.header).toMatchObject({ shown: [7], groups: ["a", "b", "selected"] });
    expect(placeOf(answer, "boxes")?.shape).toEqual([1, 3, 10]);
    const numbers = arraysOf(answer).get("boxes");
    expect([...(numbers ?? [])].slice(20)).toEqual([12, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("puts files one after another", () => {
    const file = (name: string, ...bytes: readonly number[]) => ({ name, type: "x", bytes: Uint8Array.from(bytes) });
    const { header, bytes } = filesAnswer([file("one", 1, 2), file("two", 3)]);
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(header.files).toEqual([
      { name: "one", type: "x", length: 2 },
      { name: "two", type: "x", length: 1 },
    ]);
  });
});
