import type { PlotlyElement, PlotlyModule } from "plotly.js-gl3d-dist-min";
import { hasRow, type RowMask } from "../../compute/selection/row-mask.ts";

/** What a three-dimensional picture is drawn from. */
export interface Scene {
  /** `rows * 3` numbers. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** CSS colour of each row, before selection. */
  readonly colors: readonly string[];
  readonly mask: RowMask | null;
  readonly notSelected: string;
  readonly text: string;
  readonly rule: string;
  readonly axes: readonly [string, string, string];
}

export interface ThreeDView {
  draw(scene: Scene): Promise<void>;
  /** The present picture as a PNG data address. */
  picture(width: number, height: number, scale: number): Promise<string>;
}

export interface ThreeDEvents {
  onHover(row: number, clientX: number, clientY: number): void;
  onClick(row: number): void;
}

/** Points in space, drawn and turned by plotly.js with its own bar, fonts and hover put away. */
export function threeDView(
  element: HTMLElement,
  plotly: PlotlyModule,
  events: ThreeDEvents,
  signal: AbortSignal,
): ThreeDView {
  let plot: PlotlyElement | null = null;
  signal.addEventListener("abort", () => plotly.purge(element), { once: true });

  const draw = async (scene: Scene): Promise<void> => {
    if (signal.aborted) return;
    const drawn = await plotly.react(element, [traceOf(scene)], layoutOf(scene), {
      displayModeBar: false,
      responsive: true,
      displaylogo: false,
    });
    if (plot) return;
    plot = drawn;
    drawn.on("plotly_hover", ({ points, event }) => {
      const row = points[0]?.pointNumber;
      if (row !== undefined) events.onHover(row, event?.clientX ?? 0, event?.clientY ?? 0);
    });
    drawn.on("plotly_unhover", () => events.onHover(-1, 0, 0));
    drawn.on("plotly_click", ({ points }) => {
      const row = points[0]?.pointNumber;
      if (row !== undefined) events.onClick(row);
    });
  };

  return {
    draw,
    picture: (width, height, scale) => plotly.toImage(element, { format: "png", width, height, scale }),
  };
}

function traceOf({ positions, colors, mask, notSelected }: Scene): object {
  const rows = positions.length / 3;
  const axis = (offset: number) => Float32Array.from({ length: rows }, (_, row) => positions[row * 3 + offset] ?? 0);
  const color = mask ? colors.map((own, row) => (hasRow(mask, row) ? own : notSelected)) : colors;
  const size = Math.min(5, Math.max(2, Math.sqrt(12_000 / rows)));
  return {
    type: "scatter3d",
    mode: "markers",
    x: axis(0),
    y: axis(1),
    z: axis(2),
    marker: { size, color, line: { width: 0 }, opacity: 0.85 },
    hoverinfo: "none",
  };
}

function layoutOf({ text, rule, axes }: Scene): object {
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
    scene: { aspectmode: "data", xaxis: axis(axes[0]), yaxis: axis(axes[1]), zaxis: axis(axes[2]) },
  };
}
