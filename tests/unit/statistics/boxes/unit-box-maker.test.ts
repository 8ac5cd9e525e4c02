import { describe, expect, it } from "vitest";
import type { ComputeError } from "../../../../src/compute/errors.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import { fullMask, maskOf } from "../../../../src/compute/selection/row-mask.ts";
import type { BoxTask } from "../../../../src/compute/statistics/boxes/unit-box-maker.ts";
import { UnitBoxMaker } from "../../../../src/compute/statistics/boxes/unit-box-maker.ts";
import { normal, uniform } from "../../compute/random.ts";

const ROWS = 2_600;
const UNITS = 9;
const GROUPS = 3;
const SLIDES = 12;
const random = uniform(21);
const next = normal(22);
const codes = Int32Array.from({ length: ROWS }, () => Math.floor(random() * (GROUPS + 0.2)));
const slideCodes = Int32Array.from({ length: ROWS }, () => Math.floor(random() * SLIDES));
for (let row = 0; row < ROWS; row++) if (codes[row] === GROUPS) codes[row] = -1;
slideCodes[5] = -1;
const data = Float32Array.from(
  { length: ROWS * UNITS },
  (_, place) => next() + (codes[Math.floor(place / UNITS)] ?? 0),
);
data[4 * UNITS + 2] = Number.NaN;
data[8 * UNITS + 2] = Number.POSITIVE_INFINITY;
const rows = {
  values: { data, rows: ROWS, columns: UNITS },
  groups: { codes, count: GROUPS },
  slides: { codes: slideCodes, count: SLIDES },
};
const mask = maskOf(
  [...Array(ROWS).keys()].filter((row) => (data[row * UNITS] ?? 0) > 1 || row < 9),
  ROWS,
);
const task: BoxTask = { units: [2, 7], boxesOf: "tiles", shape: "box", method: "mean", threshold: 0.5 };
const all = [...Array(ROWS).keys()];
const selected = all.filter((row) => ((mask[row >> 3] ?? 0) >> (row & 7)) & 1 && codes[row] !== -1);
const membersOf = (group: number) => all.filter((row) => codes[row] === group);
const valuesOf = (unit: number, wanted: readonly number[]) =>
  wanted.map((row) => data[row * UNITS + unit] ?? 0).filter(Number.isFinite);
const medianOf = (values: readonly number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
};
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const slidesOf = (unit: number, wanted: readonly number[], number: (values: readonly number[]) => number) =>
  [...Array(SLIDES).keys()].flatMap((slide) => {
    const values = valuesOf(
      unit,
      wanted.filter((row) => slideCodes[row] === slide),
    );
    return values.length > 0 ? [{ slide, number: number(values) }] : [];
  });

async function failure(work: Promise<unknown>): Promise<ComputeError> {
  return work.then(
    () => Promise.reject(new Error("it did not fail")),
    (thrown: ComputeError) => thrown,
  );
}

describe("what is drawn of units", () => {
  it("is not asked for with a selection of other rows, which spoils nothing", async () => {
    const maker = new UnitBoxMaker(rows);
    const before = await maker.unitBoxes(task, mask);
    const other = fullMask(40 * ROWS);
    for (const asked of [() => maker.unitBoxes(task, other), () => maker.selectionBoxes(task, other)]) {
      const error = await failure(asked());
      expect([error.kind, error.message]).toEqual([
        "input",
        "The selection is of some 104,000 rows, and there are 2,600. Link widgets over the same rows.",
      ]);
    }
    expect(await maker.unitBoxes(task, mask)).toEqual(before);
  });

  it("is a box of each group's tiles and one of the selected, with the means of slides", async () => {
    const boxes = await new UnitBoxMaker(rows).unitBoxes(task, mask);
    expect(boxes.map(({ unit }) => unit)).toEqual([2, 7]);
    for (const { unit, groups, selection, range } of boxes) {
      const drawn = [...groups, selection];
      const wanted = [membersOf(0), membersOf(1), membersOf(2), selected];
      wanted.forEach((members, at) => {
        const values = valuesOf(unit, members);
        expect(drawn[at]?.box).toMatchObject({
          n: values.length,
          min: Math.min(...values),
          median: medianOf(values),
          max: Math.max(...values),
        });
        expect(drawn[at]?.box.mean).toBeCloseTo(meanOf(values), 10);
        const slides = slidesOf(unit, members, meanOf);
        expect([...(drawn[at]?.slides ?? [])]).toEqual(slides.map(({ slide }) => slide));
        slides.forEach(({ number }, place) => {
          expect(drawn[at]?.slideMeans[place]).toBeCloseTo(number, 10);
        });
        expect([drawn[at]?.density, drawn[at]?.swarm]).toEqual([null, null]);
      });
      const grouped = valuesOf(
        unit,
        all.filter((row) => codes[row] !== -1),
      );
      expect(range).toEqual([Math.min(...grouped), Math.max(...grouped)]);
    }
  });

  it.each([
    ["mean", meanOf],
    ["median", medianOf],
    ["threshold", (values: readonly number[]) => meanOf(values.map((value) => Number(value > Math.fround(0.3))))],
  ] as const)("may be of slides: each counts once, with the %s of its tiles", async (method, number) => {
    const [panel] = await new UnitBoxMaker(rows).unitBoxes(
      { ...task, units: [2], boxesOf: "slides", method, threshold: 0.3 },
      mask,
    );
    const drawn = [...(panel?.groups ?? []), panel?.selection];
    const everything: number[] = [];
    [membersOf(0), membersOf(1), membersOf(2), selected].forEach((members, at) => {
      const slides = slidesOf(2, members, number);
      const numbers = slides.map((each) => each.number);
      if (at < GROUPS) everything.push(...numbers);
      expect(drawn[at]?.box.n).toBe(slides.length);
      expect(drawn[at]?.box.median).toBeCloseTo(medianOf(numbers), 10);
      expect([...(drawn[at]?.slides ?? [])]).toEqual(slides.map(({ slide }) => slide));
      numbers.forEach((each, place) => {
        expect(drawn[at]?.slideMeans[place]).toBeCloseTo(each, 10);
      });
    });
    expect(panel?.range[0]).toBeCloseTo(Math.min(...everything), 10);
    expect(panel?.range[1]).toBeCloseTo(Math.max(...everything), 10);
  });

  it("changes with the selection in the selection's part alone, and this part can be had alone", async () => {
    const maker = new UnitBoxMaker(rows);
    for (const shape of ["box", "violin", "points"] as const)
      for (const boxesOf of ["tiles", "slides"] as const) {
        const wanted = { ...task, shape, boxesOf };
        const alone = await new UnitBoxMaker(rows).selectionBoxes(wanted, mask);
        const before = await maker.unitBoxes(wanted, null);
        const after = await maker.unitBoxes(wanted, mask);
        expect(after).toEqual(before.map((panel, at) => ({ ...panel, selection: alone[at] })));
        expect(alone[0]?.box.n).toBeGreaterThan(SLIDES - 1);
      }
  });

  it("is a violin, or a swarm of few points and the density of many", async () => {
    const maker = new UnitBoxMaker({ ...rows, groups: { codes: codes.map((code) => Math.min(code, 1)), count: 2 } });
    const [violins] = await maker.unitBoxes({ ...task, shape: "violin" }, mask);
    expect(violins?.groups.every(({ density, swarm }) => density !== null && swarm === null)).toBe(true);
    expect(violins?.selection?.density).not.toBeNull();
    const one = new UnitBoxMaker({ ...rows, groups: { codes: new Int32Array(ROWS), count: 1 } });
    const [points] = await one.unitBoxes({ ...task, shape: "points" }, mask);
    expect(points?.groups[0]?.box.n).toBeGreaterThan(2_000);
    expect(points?.groups[0]).toMatchObject({ swarm: null, density: { heights: { length: 128 } } });
    expect(points?.selection?.swarm?.rows.length).toBe(points?.selection?.box.n);
    expect(points?.selection?.density).toBeNull();
    const [few] = await maker.unitBoxes({ ...task, shape: "points" }, mask);
    expect(few?.groups[0]?.swarm?.perValue).toBe(few?.selection?.swarm?.perValue);
  });

  it("has no selection where no selected row has a group", async () => {
    const without = maskOf([codes.indexOf(-1)], ROWS);
    const maker = new UnitBoxMaker(rows);
    expect((await maker.unitBoxes(task, without)).map(({ selection }) => selection)).toEqual([null, null]);
    expect(await maker.selectionBoxes(task, without)).toEqual([null, null]);
  });

  it("may have groups without rows, units without a value, and slides that nobody knows", async () => {
    const empty = new Float32Array(4).fill(Number.NaN);
    const maker = new UnitBoxMaker({
      values: { data: empty, rows: 4, columns: 1 },
      groups: { codes: Int32Array.of(0, 0, 2, 2), count: 3 },
      slides: null,
    });
    for (const shape of ["box", "violin", "points"] as const) {
      const [panel] = await maker.unitBoxes({ ...task, units: [0], shape }, maskOf([0], 4));
      expect(panel?.groups.map(({ box }) => box.n)).toEqual([0, 0, 0]);
      expect(panel?.groups.map(({ slides }) => slides.length)).toEqual([0, 0, 0]);
      expect([panel?.range, panel?.selection?.box.n]).toEqual([[0, 0], 0]);
    }
  });

  it("says which unit, shape, level or slides are none", async () => {
    const maker = new UnitBoxMaker({ ...rows, slides: null });
    const asked = (change: object) => failure(maker.unitBoxes({ ...task, ...change }, null));
    expect(await asked({ units: [1, 9] })).toMatchObject({ kind: "input", reason: "Unknown unit: 9." });
    expect(await asked({ shape: "bar" })).toMatchObject({ kind: "input" });
    expect(await asked({ method: "mode" })).toMatchObject({ kind: "input" });
    expect(await asked({ boxesOf: "slides" })).toMatchObject({ reason: 'boxesOf "slides" needs slides.' });
  });

  it("is told apart when several selections are asked for at once", async () => {
    const maker = new UnitBoxMaker(rows);
    const few = maskOf([1, 2, 3, 4, 6, 7], ROWS);
    const units = Array.from({ length: 40 }, (_, at) => at % UNITS);
    const both = await Promise.all([mask, few].map((each) => maker.selectionBoxes({ ...task, units }, each)));
    const alone = [
      await maker.selectionBoxes({ ...task, units }, mask),
      await maker.selectionBoxes({ ...task, units }, few),
    ];
    expect(both).toEqual(alone);
  });

  it("tells how many units are done", async () => {
    const told: string[] = [];
    const onProgress = ({ stage, done, total, unit }: Progress) => told.push(`${stage}: ${done} of ${total} ${unit}`);
    await new UnitBoxMaker(rows).unitBoxes(task, null, { onProgress });
    expect(told).toEqual(["Drawing boxes: 0 of 2 units", "Drawing boxes: 1 of 2 units"]);
  });

  it("can be cancelled", async () => {
    const signal = AbortSignal.abort();
    expect(await failure(new UnitBoxMaker(rows).unitBoxes(task, mask, { signal }))).toMatchObject({
      kind: "cancelled",
    });
  });
});
