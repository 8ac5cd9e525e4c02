import { expect, it } from "vitest";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import type { MapRuns } from "../../../src/widgets/map/map-runs.ts";
import { MapGrowth } from "../../../src/widgets/umap-scatter/map-growth.ts";
import { umapScatterDefaults } from "../../../src/widgets/umap-scatter/props.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";

it("rows are added to the map on show alone, not to the one that it has taken the place of", async () => {
  const table = (rows: number, columns: number, first: number) =>
    sourceOf(
      Float32Array.from({ length: rows * columns }, (_, at) => first + at),
      [rows, columns],
    );
  const session = {
    props: { ...umapScatterDefaults, points: table(10, 4, 0) },
    layout: { positions: Float32Array.from({ length: 20 }, (_, at) => at) },
    data: { read: async () => ({}) },
    work: { begin() {} },
  };
  let grown = 0;
  const runs = {
    async grow() {
      grown++;
      return true;
    },
  };
  const growth = new MapGrowth(session as unknown as ScatterSession, runs as unknown as MapRuns);
  const points = table(12, 4, 0);
  await expect(growth.add({ points, placed: table(10, 2, 1) }, {})).rejects.toThrow(
    "The map on show is not the one that rows were to be added to. Add them again.",
  );
  expect(grown).toBe(0);
  await growth.add({ points, placed: table(10, 2, 0) }, {});
  expect(grown).toBe(1);
});
