import { interpolateRgb, piecewise, schemePuOr } from "d3";
import { describe, expect, it } from "vitest";
import { colormapTable } from "../../../../src/compute/saliency/drawing/colormap-tables.ts";
import { goldens } from "./colormap-goldens.ts";

const colors = (table: Uint8Array) =>
  Array.from({ length: 256 }, (_, step) => [...table.subarray(step * 3, step * 3 + 3)]);

describe("a table of colours", () => {
  for (const name of ["inferno", "viridis", "oranges", "grey"] as const)
    it(`of ${name} has matplotlib's bytes`, () => {
      expect(colors(colormapTable(name))).toEqual(colors(Buffer.from(goldens.tables[name], "base64")));
    });

  it("of what has a sign goes from purple to orange by a middle without colour", () => {
    const signed = colors(colormapTable("signed"));
    // d3 has ColorBrewer's eleven colours too, and draws straight lines between them.
    const straight = piecewise(interpolateRgb, [...(schemePuOr[11] ?? [])]);
    expect(signed.map((color) => `rgb(${color.join(", ")})`)).toEqual(signed.map((_, step) => straight(step / 255)));
    for (const middle of [signed[127], signed[128]]) {
      expect(Math.min(...(middle ?? []))).toBeGreaterThan(240);
      expect(Math.max(...(middle ?? [])) - Math.min(...(middle ?? []))).toBeLessThan(5);
    }
  });

  it("is the caller's own", () => {
    colormapTable("inferno").fill(0);
    expect([...colormapTable("inferno").subarray(765)]).toEqual([252, 254, 164]);
  });
});
