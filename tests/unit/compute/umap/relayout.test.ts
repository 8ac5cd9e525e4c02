import { describe, expect, it } from "vitest";
import { relayout, umap } from "../../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import type { UmapResult } from "../../../../src/compute/umap/result.ts";
import { clusteredRows } from "../random.ts";

const points = { data: clusteredRows(600, 20, 6, 5), rows: 600, columns: 20 };
const preparedFrom = ({ rows, neighbors, recall, scores }: UmapResult) => {
  if (!neighbors) throw new Error("no neighbours were kept");
  return { rows, neighbors, recall, scores };
};

describe("a map laid out again from what it kept", () => {
  it.each<Partial<UmapOptions>>([
    { nNeighbors: 8 },
    { nNeighbors: 50 },
    { minDist: 0.5, seed: 7 },
    { init: "spectral" },
  ])("has the bits of one computed whole with %o", async (changed) => {
    const options = { ...umapDefaults, ...changed };
    const kept = await umap(points, umapDefaults, { keepNeighbors: 50 });
    const again = await relayout(preparedFrom(kept), options, {});
    const whole = await umap(points, options, {});
    expect(again.positions).toEqual(whole.positions);
    expect(again.positions).not.toEqual(kept.positions);
  });

  it("keeps as many neighbours as it was given, for the next change", async () => {
    const kept = await umap(points, umapDefaults, { keepNeighbors: 50 });
    expect(kept.neighbors?.k).toBe(49);
    const again = await relayout(preparedFrom(kept), { ...umapDefaults, nNeighbors: 5 }, {});
    expect(again.neighbors?.k).toBe(49);
    expect((await umap(points, umapDefaults, {})).neighbors?.k).toBe(14);
  });

  it("says again that there are too few rows for so many neighbours", async () => {
    const few = { data: points.data.slice(0, 200), rows: 10, columns: 20 };
    const kept = await umap(few, umapDefaults, {});
    expect(kept.notices).toEqual(["n_neighbors is 9, not 15: there are 10 rows."]);
    expect((await relayout(preparedFrom(kept), umapDefaults, {})).notices).toEqual(kept.notices);
  });

  it("says what is missing for more neighbours than were kept", async () => {
    const kept = await umap(points, umapDefaults, {});
    await expect(relayout(preparedFrom(kept), { ...umapDefaults, nNeighbors: 30 }, {})).rejects.toThrow(
      "n_neighbors: expected at most 15, got 30. Compute the map again.",
    );
    await expect(relayout({ ...preparedFrom(kept), scores: null }, umapDefaults, {})).rejects.toThrow(
      "scores: expected 600 × 2 numbers, got 0. Compute the map again.",
    );
  });
});

describe("rows that a map has taken over", () => {
  const letGo = async (options: Partial<UmapOptions>) => {
    const data = points.data.slice();
    let wasTold = false;
    const { positions } = await umap(
      { ...points, data },
      { ...umapDefaults, ...options },
      {
        onRowsTaken: () => {
          wasTold = true;
          data.fill(Number.NaN);
        },
      },
    );
    return { wasTold, positions };
  };

  it.each<Partial<UmapOptions>>([{}, { metric: "cosine", init: "spectral" }, { engine: "umap-js" }])(
    "are not read again: %o",
    async (options) => {
      const { wasTold, positions } = await letGo({ ...options, backend: "cpu" });
      expect(wasTold).toBe(true);
      expect(positions).toEqual((await umap(points, { ...umapDefaults, ...options }, {})).positions);
    },
  );

  it.each<Partial<UmapOptions>>([{ pca: 5 }, { neighborSearch: "nn-descent" }])(
    "are kept while what is missed is still to be measured on them: %o",
    async (options) => {
      const many = { data: clusteredRows(4200, 8, 6, 5), rows: 4200, columns: 8 };
      let wasTold = false;
      const onRowsTaken = () => {
        wasTold = true;
      };
      await umap(many, { ...umapDefaults, nEpochs: 3, ...options }, { onRowsTaken });
      expect(wasTold).toBe(false);
    },
  );
});
