import { describe, expect, it } from "vitest";
import { classNameItems } from "../../../src/widgets/plane/figure/map-items.ts";
import { boundsOf, fitView, noTurn } from "../../../src/widgets/plane/view.ts";

/** Six classes of twenty tiles in the lower left corner, a seventh alone at the upper right. */
const names = ["a long name", "another one", "a third name", "the fourth", "a fifth name", "the sixth one", "far away"];
const codes = Int32Array.from({ length: 140 }, (_, tile) => (tile < 120 ? tile % 6 : 6));
const positions = Float32Array.from([...codes].flatMap((code) => (code < 6 ? [code % 2, code % 3] : [100, 100])));
const view = fitView(boundsOf(positions, noTurn), 440, 440, noTurn);

const namesOn = (how: { readonly staysOn: boolean }) => {
  const classes = { names, codes };
  const place = { left: 0, top: 0, width: 110, view, positions, scheme: "light" as const, classes };
  return classNameItems(place, [], how).flatMap((item) => (item.kind === "text" ? [item.text] : []));
};

describe("the names of classes in a saved mosaic", () => {
  it("are left out rather than written beside their tiles, as on the page", () => {
    const shown = namesOn({ staysOn: true });
    expect(shown).toContain("far away");
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.length).toBeLessThan(7);
    // On a map of points they move up to 90 px away.
    expect(namesOn({ staysOn: false })).toHaveLength(7);
  });
});
