import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import type { Crew } from "../../../../src/compute/runtime/crew.ts";
import { localChannel } from "../../../../src/compute/runtime/local-channel.ts";
import { WorkerPool } from "../../../../src/compute/runtime/worker-pool.ts";
import { clusteredRows, normal } from "../random.ts";
import { findNeighbors } from "./find-neighbors.ts";

const crewOf = (size: number): Crew => new WorkerPool(localChannel, 0).crew(size);

/** A crew that counts what its hands are asked, and fails where it is told to. */
function watched(crew: Crew, onAsk: () => void): Crew {
  return {
    size: crew.size,
    begin: async (name, inputs, transfer) =>
      (await crew.begin(name, inputs, transfer)).map((hand) => ({
        ask: (input, given) => {
          onAsk();
          return hand.ask(input, given);
        },
        dismiss: () => hand.dismiss(),
      })),
  };
}

const next = normal(5);
const kinds = {
  "in clusters": clusteredRows(2400, 256, 9, 4),
  "all alike": Float32Array.from({ length: 2400 * 256 }, () => next()),
  "that are whole numbers, with many ties": clusteredRows(2400, 256, 30, 4).map((value) => Math.round(value / 4)),
  "of which some are very long, and many equal": clusteredRows(2400, 256, 9, 4).map((value, place, all) => {
    const row = Math.floor(place / 256);
    if (row % 500 === 7) return 300 * value;
    return row % 40 === 3 ? (all[place % 256] ?? 0) : value;
  }),
  "in heaps that whole numbers don't tell apart": Float32Array.from(
    { length: 2400 * 256 },
    (_, place) => 1000 * (Math.floor(place / 256) % 3) + 1e-3 * next(),
  ),
};

describe.each(Object.entries(kinds))("neighbours of rows %s, found by several workers", (_kind, data) => {
  const points = { data, rows: 2400, columns: 256 };

  it.each(["euclidean", "cosine"] as const)("have the bits of one: %s", async (metric) => {
    const alone = await findNeighbors(points, 14, metric);
    for (const size of [2, 3, 4]) {
      let asked = 0;
      const shared = await findNeighbors(
        points,
        14,
        metric,
        watched(crewOf(size), () => asked++),
      );
      expect(asked).toBeGreaterThan(size);
      expect(shared.indices).toEqual(alone.indices);
      expect(shared.distances).toEqual(alone.distances);
    }
  });
});

describe("neighbours found by several workers", () => {
  it("are not given when a worker fails", async () => {
    const points = { data: kinds["in clusters"], rows: 2400, columns: 256 };
    let asked = 0;
    const failing = watched(crewOf(2), () => {
      if (++asked === 4) throw new Error("gone");
    });
    await expect(findNeighbors(points, 14, "euclidean", failing)).rejects.toThrow("gone");
  });

  it("are found by one where there is no room for copies", async () => {
    const points = { data: kinds["in clusters"], rows: 2400, columns: 256 };
    const full = async () => {
      throw new ComputeError("memory", "This page ran out of memory.");
    };
    const alone = await findNeighbors(points, 14, "euclidean");
    expect(await findNeighbors(points, 14, "euclidean", { size: 2, begin: full })).toEqual(alone);
    let asked = 0;
    const filling = watched(crewOf(2), () => {
      if (++asked > 6) throw new RangeError("WebAssembly.Memory.grow(): Maximum memory size exceeded");
    });
    expect(await findNeighbors(points, 14, "euclidean", filling)).toEqual(alone);
  });
});
