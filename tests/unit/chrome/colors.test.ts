import { describe, expect, it } from "vitest";
import { rangeForPoints, scaleColor, scaleTable } from "../../../src/widgets/theme/color-scales.ts";
import { assignClassColors, classColors, restColor } from "../../../src/widgets/theme/palette.ts";
import { contrast, luminance, parseColor } from "../../../src/widgets/theme/rgb.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";

const rgb = (color: string) => parseColor(color).rgb;

describe("class colours", () => {
  it("have 3 : 1 on the light and on the dark page", () => {
    for (const scheme of ["light", "dark"] as const)
      for (const color of classColors)
        expect(contrast(rgb(color), rgb(tokens[scheme].page)), color).toBeGreaterThanOrEqual(3);
  });

  it("belong to the classes in order up to ten classes", () => {
    expect(assignClassColors([5, 900, 20])).toEqual({ colors: classColors.slice(0, 3), rest: [] });
    expect(assignClassColors(Array(10).fill(1)).colors).toEqual([...classColors]);
  });

  it("go to the nine largest above ten, and the rest share slate", () => {
    const counts = Array.from({ length: 37 }, (_, index) => 100 - index);
    const { colors, rest } = assignClassColors(counts);
    expect(colors.slice(0, 9)).toEqual(classColors.slice(0, 9));
    expect(new Set(colors.slice(9))).toEqual(new Set([restColor]));
    expect(rest).toHaveLength(28);
    expect(rest[0]).toBe(9);
  });

  it("move to a promoted class from the smallest, and all others keep theirs", () => {
    const counts = Array.from({ length: 12 }, (_, index) => 100 - index);
    const { colors, rest } = assignClassColors(counts, [11]);
    expect(colors[11]).toBe(classColors[8]);
    expect(colors[8]).toBe(restColor);
    expect(colors.slice(0, 8)).toEqual(classColors.slice(0, 8));
    expect(rest).toEqual([8, 9, 10]);
    expect(assignClassColors(counts, [11, 10]).colors[11]).toBe(classColors[8]);
    expect(assignClassColors(counts, [11, 10]).colors[10]).toBe(classColors[7]);
  });
});

describe("colour scales", () => {
  it("keep points coloured by number at 3 : 1 on either page", () => {
    for (const scheme of ["light", "dark"] as const) {
      const table = scaleTable("viridis", ...rangeForPoints("viridis", scheme));
      for (let step = 0; step <= 255; step++)
        expect(contrast(scaleColor(table, step / 255), rgb(tokens[scheme].page))).toBeGreaterThanOrEqual(2.99);
    }
  });

  it("rise in lightness all the way, except puor, which is lightest and neutral at zero", () => {
    for (const name of ["viridis", "inferno", "cividis"] as const) {
      const table = scaleTable(name);
      for (let step = 1; step <= 255; step++)
        expect(luminance(scaleColor(table, step / 255))).toBeGreaterThanOrEqual(
          luminance(scaleColor(table, (step - 1) / 255)) - 0.002,
        );
    }
    const middle = scaleColor(scaleTable("puor"), 0.5);
    expect(Math.max(...middle) - Math.min(...middle)).toBeLessThanOrEqual(2);
    expect(middle[0]).toBeGreaterThan(243);
  });
});

describe("text colours", () => {
  it("have 4.5 : 1 on page and surface in both schemes", () => {
    for (const scheme of ["light", "dark"] as const) {
      const { page, surface, text, textSecond, accent, alarm, warning } = tokens[scheme];
      for (const ink of [text, textSecond, accent, alarm, warning])
        expect(contrast(rgb(ink), rgb(page)), `${ink} on ${page}`).toBeGreaterThanOrEqual(4.5);
      expect(contrast(rgb(textSecond), rgb(surface))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
