import { describe, expect, it } from "vitest";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { version } from "../../../src/version.ts";
import { caption } from "../../../src/widgets/umap-scatter/figure/caption.ts";
import type { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";
import { mapLabel } from "../../../src/widgets/umap-scatter/view/map-words.ts";
import { progressSentence } from "../../../src/widgets/work/progress-sentence.ts";

describe("the caption", () => {
  const positions = new Float32Array();
  const shown = { positions, dims: 2 as const, settling: false, preview: false };
  const origin = {
    kind: "umap" as const,
    options: umapDefaults,
    data: "digits",
    columns: 64,
    epochs: 500,
    backend: "CPU",
    added: 0,
  };
  const layout = { ...shown, origin };

  it("says all that is needed to compute the map again", () => {
    expect(caption({ rows: 1797, layout, coloredBy: "digit", selected: 214, height: null })).toBe(
      "UMAP of 1,797 rows × 64 (n_neighbors 15, min_dist 0.1, euclidean, PCA start, 500 epochs, seed 42, CPU, " +
        `layerscope ${version}), coloured by digit; 214 selected rows in colour, others grey.`,
    );
  });

  it("names the unit that is the map's height", () => {
    const raised = caption({ rows: 1797, layout, coloredBy: "unit 3", selected: 0, height: "unit 3" });
    expect(raised).toContain(`layerscope ${version}), coloured by unit 3, with unit 3 as height.`);
  });

  it("does not claim a UMAP where coordinates were given", () => {
    const given = { ...shown, origin: { kind: "coords" as const } };
    expect(caption({ rows: 1797, layout: given, coloredBy: "digit", selected: 0, height: null })).toBe(
      `Map of 1,797 rows (coordinates given, layerscope ${version}), coloured by digit.`,
    );
  });

  it("calls the PCA by its name while it is all there is", () => {
    expect(
      caption({ rows: 1797, layout: { ...layout, preview: true }, coloredBy: null, selected: 0, height: null }),
    ).toBe(`PCA of 1,797 rows × 64 (layerscope ${version}).`);
  });

  it("of a saved picture is the one it was saved with", () => {
    const saved = { ...shown, origin: { kind: "saved" as const, caption: "UMAP of 9 rows." } };
    expect(caption({ rows: 9, layout: saved, coloredBy: null, selected: 3, height: null })).toBe("UMAP of 9 rows.");
  });
});

describe("the label of a map, for those who don't see it", () => {
  const labelOf = (shown: { loan?: string; raised?: string; selected?: boolean }) =>
    mapLabel({
      layout: null,
      props: { points: {} },
      count: 9,
      data: {
        coloring: shown.loan ? { kind: "numbers" } : { kind: "categories", names: ["even", "odd"] },
        shownLoan: shown.loan ? { name: shown.loan } : null,
      },
      rows: { selected: shown.selected ? Uint8Array.of(7, 0) : null },
      unit: { isRaised: shown.raised !== undefined, shown: shown.raised ? { name: shown.raised } : null },
    } as unknown as ScatterSession);

  it("says what there is, and what colours and raises it", () => {
    expect(labelOf({})).toBe("UMAP of 9 rows in 2 classes");
    expect(labelOf({ selected: true })).toBe("UMAP of 9 rows in 2 classes, 3 selected");
    expect(labelOf({ loan: "unit 3" })).toBe("UMAP of 9 rows, coloured by unit 3");
    expect(labelOf({ raised: "unit 3" })).toBe("UMAP of 9 rows in 2 classes, with unit 3 as height");
    expect(labelOf({ loan: "unit 3", raised: "unit 3", selected: true })).toBe(
      "UMAP of 9 rows, coloured by unit 3, with unit 3 as height, 3 selected",
    );
  });
});

describe("the sentence of progress", () => {
  it("says what, how far, and how long once that can be told", () => {
    const progress = { stage: "Finding neighbours", done: 12400, total: 20000, unit: "rows" };
    expect(progressSentence(progress, 0, 500)).toBe("Finding neighbours, 12,400 of 20,000 rows.");
    expect(progressSentence(progress, 0, 5000)).toBe("Finding neighbours, 12,400 of 20,000 rows, about 3 s left.");
  });

  it("says what is sent in megabytes", () => {
    expect(progressSentence({ stage: "Sending", done: 125, total: 312, unit: "MB" }, 0, 0)).toBe(
      "Sending 312 MB to the page, 40 %.",
    );
  });
});
