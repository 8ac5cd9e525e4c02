import { hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { Tokens } from "../../theme/tokens.ts";
import type { SpaceMap } from "./space-map.ts";

/** What a three-dimensional picture is drawn from. */
export interface Scene {
  readonly map: SpaceMap;
  /** CSS colour of each row, before selection. */
  readonly colors: readonly string[];
  readonly mask: RowMask | null;
  readonly tokens: Pick<Tokens, "text" | "textSecond" | "rule" | "notSelected">;
}

/**
 * The points as a trace of plotly.js.
 *
 * @param zoom Of marks, beside their size on a screen.
 */
export function pointsTrace({ map: { positions }, colors, mask, tokens }: Scene, zoom = 1): object {
  const rows = positions.length / 3;
  const axis = (offset: number) => Float32Array.from({ length: rows }, (_, row) => positions[row * 3 + offset] ?? 0);
  const color = mask ? colors.map((own, row) => (hasRow(mask, row) ? own : tokens.notSelected)) : colors;
  return {
    type: "scatter3d",
    mode: "markers",
    x: axis(0),
    y: axis(1),
    z: axis(2),
    marker: { size: markSize(rows) * zoom, color, line: { width: 0 }, opacity: 0.85 },
    hoverinfo: "none",
  };
}

function markSize(rows: number): number {
  return Math.min(5, Math.max(2, Math.sqrt(12_000 / rows)));
}

/** The longer side of a box around a map with a unit as height, in plotly.js's units: it fills the frame. */
const LONGER = 1.15;
/** Its height, of that. */
const HEIGHT = 0.7;

/**
 * The layout for plotly.js: nothing of its own but the box. A map's own dimensions have equal scales and no ticks; a
 * unit as height has another scale, and its numbers beside it.
 */
export function spaceLayout({ tokens: { text, textSecond, rule }, map }: Scene, camera?: object): object {
  const { axes, isRaised } = map;
  const axis = (title: string) => ({
    title: { text: title, font: { color: text, size: 12 } },
    showticklabels: false,
    showspikes: false,
    gridcolor: rule,
    zeroline: false,
    backgroundcolor: "transparent",
  });
  const ticks = { showticklabels: true, nticks: 6, tickfont: { color: textSecond, size: 11 } };
  return {
    autosize: true,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    paper_bgcolor: "transparent",
    plot_bgcolor: "transparent",
    showlegend: false,
    // Keeps the camera when colours or the selection change.
    uirevision: "kept",
    scene: {
      ...(isRaised ? { aspectmode: "manual", aspectratio: boxOf(map.positions) } : { aspectmode: "data" }),
      xaxis: axis(axes[0]),
      yaxis: axis(axes[1]),
      zaxis: { ...axis(axes[2]), ...(isRaised && ticks) },
      ...(camera && { camera }),
    },
  };
}

/** As wide and as deep as the map. */
function boxOf(positions: Float32Array): { readonly x: number; readonly y: number; readonly z: number } {
  const [width, depth] = [spanOn(positions, 0), spanOn(positions, 1)];
  const longer = Math.max(width, depth) / LONGER || 1;
  return { x: width / longer || LONGER, y: depth / longer || LONGER, z: LONGER * HEIGHT };
}

function spanOn(positions: Float32Array, axis: number): number {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let place = axis; place < positions.length; place += 3) {
    const value = positions[place] ?? Number.NaN;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return most - least;
}
