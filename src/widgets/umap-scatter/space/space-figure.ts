import { hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { Tokens } from "../../theme/tokens.ts";

/** What a three-dimensional picture is drawn from. */
export interface Scene {
  /** `rows * 3` numbers. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** CSS colour of each row, before selection. */
  readonly colors: readonly string[];
  readonly mask: RowMask | null;
  readonly tokens: Pick<Tokens, "text" | "rule" | "notSelected">;
  readonly axes: readonly [string, string, string];
}

/** The points as a trace of plotly.js. */
export function pointsTrace({ positions, colors, mask, tokens }: Scene): object {
  const rows = positions.length / 3;
  const axis = (offset: number) => Float32Array.from({ length: rows }, (_, row) => positions[row * 3 + offset] ?? 0);
  const color = mask ? colors.map((own, row) => (hasRow(mask, row) ? own : tokens.notSelected)) : colors;
  return {
    type: "scatter3d",
    mode: "markers",
    x: axis(0),
    y: axis(1),
    z: axis(2),
    marker: { size: markSize(rows), color, line: { width: 0 }, opacity: 0.85 },
    hoverinfo: "none",
  };
}

function markSize(rows: number): number {
  return Math.min(5, Math.max(2, Math.sqrt(12_000 / rows)));
}

/** The layout for plotly.js: equal scales, no ticks, nothing of its own but the box. */
export function spaceLayout({ tokens: { text, rule }, axes }: Scene, camera?: object): object {
  const axis = (title: string) => ({
    title: { text: title, font: { color: text, size: 12 } },
    showticklabels: false,
    showspikes: false,
    gridcolor: rule,
    zeroline: false,
    backgroundcolor: "transparent",
  });
  return {
    autosize: true,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    showlegend: false,
    // Keeps the camera when colours or the selection change.
    uirevision: "kept",
    scene: {
      aspectmode: "data",
      xaxis: axis(axes[0]),
      yaxis: axis(axes[1]),
      zaxis: axis(axes[2]),
      ...(camera && { camera }),
    },
  };
}
