import type { Figure } from "../../src/widgets/export/figure.ts";
import { figureText } from "../../src/widgets/export/figure.ts";
import { categoryLegendItems, numberLegendItems } from "../../src/widgets/export/legend-items.ts";
import { scaleTable } from "../../src/widgets/theme/color-scales.ts";
import { tokens } from "../../src/widgets/theme/tokens.ts";

/** A figure with every kind of item, names in four alphabets, and text that would be markup elsewhere. */
export function sampleFigure(background: string | null = "#ffffff"): Figure {
  const pixels = new Uint8ClampedArray(4 * 4 * 4);
  for (let pixel = 0; pixel < 16; pixel++) pixels.set([198, 45, 106, pixel % 2 ? 255 : 0], pixel * 4);
  const legend = categoryLegendItems(
    "digit",
    [
      { name: "<b>zero</b> & one", color: "#0663e7", total: 1178 },
      { name: "Žluťoučký kůň", color: "#ec6700", total: 182 },
      { name: "η² of unit 3", color: "#c62d6a", total: 3 },
      { name: "no label", color: null, total: 12 },
    ],
    214,
    { x: 55, y: 2, width: 32, tokens: tokens.light },
  );
  const scale = numberLegendItems(
    "unit 17",
    { low: -0.5, high: 3.25, table: scaleTable("viridis", 0, 0.6), clipped: { below: 0, above: 3 }, total: 1797 },
    null,
    { x: 55, y: 32, width: 32, tokens: tokens.light },
  );
  return {
    width: 89,
    height: 70,
    background,
    title: "UMAP <digits>",
    caption: "UMAP of 1,797 rows × 64 (seed 42), coloured by digit; p = 3 × 10⁻¹².",
    items: [
      {
        kind: "image",
        x: 2,
        y: 2,
        width: 20,
        height: 20,
        pixels: { data: pixels, width: 4, height: 4 },
        smooth: false,
      },
      { kind: "rect", x: 30, y: 5, width: 10, height: 10, fill: "#0663e7" },
      { kind: "circle", x: 35, y: 25, radius: 4, fill: "#ec6700", opacity: 0.5 },
      { kind: "ring", x: 45, y: 25, radius: 4, stroke: "#1b1b1b", lineWidth: 1 },
      { kind: "line", x1: 5, y1: 60, x2: 15, y2: 60, stroke: "#1b1b1b", lineWidth: 0.5 },
      {
        kind: "polyline",
        points: [5, 45, 15, 40, 15, 50],
        stroke: "#1b1b1b",
        lineWidth: 0.5,
        closed: true,
        fill: "#d4d4d4",
      },
      figureText("UMAP 1", 16, 61, "#1b1b1b"),
      figureText("six", 35, 45, "#1b1b1b", {
        anchor: "middle",
        weight: 600,
        size: 8,
        halo: { color: "#ffffff", lineWidth: 2 },
      }),
      figureText("p = 3 × 10⁻¹², ≥ −0.5", 2, 66, "#1b1b1b"),
      ...legend.items,
      ...scale.items,
    ],
  };
}
