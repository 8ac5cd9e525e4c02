import { describe, expect, it } from "vitest";
import { CurrentUnit } from "../../../src/widgets/box-plot/data/current-unit.ts";
import type { ReadUnits } from "../../../src/widgets/box-plot/data/read-units.ts";
import type { UnitWorker } from "../../../src/widgets/box-plot/data/unit-worker.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import type { WorkStatus } from "../../../src/widgets/work/work-status.ts";

/** The current unit of four, linked with another widget; a unit's values are its number, once they are answered. */
function currentOf() {
  const answers: (() => Promise<void>)[] = [];
  const ask = (_name: string, { unit }: { readonly unit: number }) => {
    let give: (values: Float32Array) => void = () => undefined;
    const asked = new Promise<Float32Array>((resolve) => {
      give = resolve;
    });
    answers.push(async () => {
      give(Float32Array.of(unit, unit));
      await asked;
    });
    return asked;
  };
  const rows = new LinkedRows("box", 2);
  const map = new LinkedRows("map", 2);
  linkRows([rows, map]);
  const read = { rows: { values: { columns: 4 } }, unitNames: null } as unknown as ReadUnits;
  const failed: unknown[] = [];
  const work = { failed: (...told: unknown[]) => failed.push(told) } as unknown as WorkStatus;
  const changes: number[] = [];
  const holder = { rows, read, work, worker: { ask } as unknown as UnitWorker };
  const current = new CurrentUnit(holder, () => changes.push(current.unit), new AbortController().signal);
  return { current, map, answers, changes, failed };
}

describe("the current unit", () => {
  it("is here at once, and with the others when its values are there", async () => {
    const { current, map, answers, changes } = currentOf();
    const shown = current.show(3);
    expect(changes).toEqual([3]);
    expect(map.unit).toBeNull();
    await answers[0]?.();
    await shown;
    expect(map.unit).toMatchObject({ index: 3, name: "unit 3" });
    expect([...(map.unit?.values ?? [])]).toEqual([3, 3]);
    await current.show(-1);
    expect(map.unit).toBeNull();
    expect(changes).toEqual([3, -1]);
  });

  it("is never an earlier one whose values come late", async () => {
    const { current, map, answers, failed } = currentOf();
    const both = Promise.all([current.show(1), current.show(2)]);
    await answers[1]?.();
    await answers[0]?.();
    await both;
    expect(map.unit?.index).toBe(2);
    const gone = current.show(3);
    await current.show(-1);
    await answers[2]?.();
    await gone;
    expect(map.unit).toBeNull();
    expect(failed).toEqual([]);
  });

  it("is what another widget shows, where it is one of these units", () => {
    const { current, map, changes } = currentOf();
    map.showUnit({ index: 2, name: "unit 2", values: new Float32Array(2) });
    expect(current.unit).toBe(2);
    map.showUnit({ index: 9, name: "unit 9", values: new Float32Array(2) });
    expect(current.unit).toBe(-1);
    map.showUnit(null);
    expect(changes).toEqual([2, -1]);
  });
});
