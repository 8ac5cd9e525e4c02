import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import type { NumericSource } from "../../../src/widgets/host/sources.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import { MapUnit } from "../../../src/widgets/umap-scatter/map-unit.ts";
import { umapScatterDefaults } from "../../../src/widgets/umap-scatter/props.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";

const ROWS = 3;
const points = sourceOf(Float32Array.of(0, 10, 1, 11, 2, 12), [ROWS, 2]);
const layout = {
  positions: Float32Array.of(0, 0, 4, 2, 8, 1),
  dims: 2 as 2 | 3,
  settling: false,
  preview: false,
  origin: { kind: "umap" },
};

/** A map of three rows linked with what shows units; `say` tells what it was told to have failed. */
function mapOf({
  dims = 2,
  source = points,
  saved = false,
}: {
  dims?: 2 | 3;
  source?: NumericSource;
  saved?: boolean;
} = {}) {
  const rows = new LinkedRows("map", ROWS);
  const boxes = new LinkedRows("boxes", ROWS);
  linkRows([rows, boxes]);
  const failures: ComputeError[] = [];
  const session = {
    rows,
    layout: { ...layout, dims },
    props: { ...umapScatterDefaults, points: source, saved: saved ? new Uint8Array(1) : null },
    host: { signal: new AbortController().signal },
    work: { succeeded() {}, failed: (_: string, error: ComputeError) => failures.push(error) },
  };
  let changes = 0;
  const unit = new MapUnit(session as unknown as ScatterSession, () => changes++);
  const raiseBy = async (height: number | NumericSource | null) => {
    session.props = { ...session.props, height };
    await unit.read({ isAsked: true });
  };
  const link = (index: number | null, rowCount = ROWS) =>
    boxes.showUnit(
      index === null ? null : { index, name: `unit ${index}`, values: new Float32Array(rowCount).fill(index) },
    );
  return { unit, session, raiseBy, link, failures, changes: () => changes };
}

describe("the unit of a map", () => {
  it("is the later of the one that is linked and the one that the caller asks for", async () => {
    const { unit, raiseBy, link } = mapOf();
    await raiseBy(1);
    expect([unit.shown?.name, unit.isRaised]).toEqual(["unit 1", true]);
    link(7);
    expect([unit.shown?.name, unit.isRaised]).toEqual(["unit 7", true]);
    await raiseBy(0);
    expect(unit.shown?.name).toBe("unit 0");
    link(null);
    expect(unit.shown?.name).toBe("unit 0");
    await raiseBy(null);
    expect([unit.shown, unit.isRaised]).toEqual([null, false]);
  });

  it("only colours the map when it is linked, until the reader raises it, and the next one again", () => {
    const { unit, link } = mapOf();
    link(7);
    expect([unit.shown?.name, unit.isRaised]).toEqual(["unit 7", false]);
    unit.raise(true);
    expect(unit.isRaised).toBe(true);
    link(8);
    expect([unit.shown?.name, unit.isRaised]).toEqual(["unit 8", true]);
    link(null);
    link(9);
    expect(unit.isRaised).toBe(false);
  });

  it("stands over the places of the rows under the axes' names, and is laid out once", async () => {
    const { unit, raiseBy } = mapOf();
    await raiseBy(1);
    expect(Array.from(unit.space?.positions ?? [])).toEqual([0, 0, 10, 4, 2, 11, 8, 1, 12]);
    expect(unit.space?.axes).toEqual(["UMAP 1", "UMAP 2", "unit 1"]);
    expect(unit.space).toBe(unit.space);
    unit.raise(false);
    expect(unit.space).toBeNull();
  });

  it("gives rows without a value, or with an infinite one, no place", async () => {
    const { unit, raiseBy } = mapOf();
    await raiseBy(sourceOf(Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 2), [ROWS]));
    expect(Array.from(unit.space?.positions ?? [])).toEqual([0, 0, Number.NaN, 4, 2, Number.NaN, 8, 1, 2]);
  });

  it("is no height of a map that has three dimensions, nor of other rows", () => {
    const { unit, link } = mapOf({ dims: 3 });
    link(7);
    unit.raise(true);
    expect([unit.isRaised, unit.space?.isRaised, unit.space?.axes[2]]).toEqual([false, false, "UMAP 3"]);
    link(8, ROWS + 1);
    expect(unit.shown).toBeNull();
  });

  it("that can't be read is told of, but not beside a saved picture whose kernel has gone", async () => {
    const lost = { ...points, read: () => Promise.reject(new ComputeError("lost", "Python has stopped.")) };
    const live = mapOf({ source: lost });
    await live.raiseBy(1);
    expect(live.failures.map(({ kind }) => kind)).toEqual(["lost"]);
    const reopened = mapOf({ source: lost, saved: true });
    await reopened.raiseBy(1);
    expect(reopened.failures).toEqual([]);
  });
});
