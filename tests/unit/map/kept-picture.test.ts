import { describe, expect, it } from "vitest";
import { KeptPicture } from "../../../src/widgets/map/kept-picture.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { readSavedMap } from "../../../src/widgets/map/saved-map.ts";
import { categoriesOf } from "../../../src/widgets/rows/coloring.ts";

const layout: Layout = {
  positions: Float32Array.of(0, 0, 1, 1),
  dims: 2,
  settling: false,
  preview: false,
  origin: { kind: "coords" },
};

describe("the picture that a notebook keeps of a map", () => {
  it("is handed over when it is another one, and not each time that it is asked for", () => {
    const kept: Uint8Array<ArrayBuffer>[] = [];
    const picture = new KeptPicture({ keep: (saved) => kept.push(saved) });
    const classes = categoriesOf(Int32Array.of(0, 1), ["a", "b"]);
    picture.keep({ ...layout, settling: true }, classes, "A map.");
    expect(kept).toHaveLength(0);
    picture.keep(layout, classes, "A map.");
    picture.keep(layout, classes, "A map.");
    expect(kept).toHaveLength(1);
    picture.keep(layout, null, "A map.");
    picture.keep(layout, null, "Another map.");
    expect(kept.map((saved) => readSavedMap(saved).classes?.names)).toEqual([["a", "b"], undefined, undefined]);
  });
});
