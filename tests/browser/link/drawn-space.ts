import type { Page } from "playwright-core";
import type { PlotlyElement } from "plotly.js-gl3d-dist-min";

/** What plotly.js shows of a map in three dimensions. */
export interface DrawnSpace {
  /** The names of its axes. */
  readonly axes: readonly string[];
  readonly x: readonly number[];
  readonly z: readonly number[];
  /** How many colours its points have. */
  readonly colors: number;
}

/** null while nothing is drawn in three dimensions. */
export function drawnSpace(page: Page): Promise<DrawnSpace | null> {
  return page.evaluate(() => {
    type Axis = { readonly title: { readonly text: string } };
    type Numbers = ArrayLike<number>;
    type Drawn = PlotlyElement & {
      readonly layout: { readonly scene: Record<"xaxis" | "yaxis" | "zaxis", Axis> };
      readonly data: readonly { readonly x: Numbers; readonly z: Numbers; readonly marker: { color: string[] } }[];
    };
    const plot = document.querySelector(".ls-space-plot") as Drawn | null;
    const trace = plot?.data?.[0];
    if (!plot || !trace) return null;
    const { xaxis, yaxis, zaxis } = plot.layout.scene;
    const axes = [xaxis, yaxis, zaxis].map(({ title }) => title.text);
    return { axes, x: Array.from(trace.x), z: Array.from(trace.z), colors: new Set(trace.marker.color).size };
  });
}
