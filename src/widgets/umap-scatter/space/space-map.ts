import type { LinkedUnit } from "../../link/linked-unit.ts";
import type { Layout } from "../../map/layout.ts";

/** Where rows are in three dimensions. */
export interface SpaceMap {
  /** `x, y, z` of every row, interleaved. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly axes: readonly [string, string, string];
  /** The third axis has another unit than the map's two. */
  readonly isRaised: boolean;
}

/** The axes of a map of that many dimensions. */
export function axisNames(layout: Layout | null, isGiven: boolean): readonly [string, string, string] {
  // Of a saved picture its own origin says no more than that.
  const given = isGiven || layout?.origin.kind === "coords";
  return given ? ["x", "y", "z"] : ["UMAP 1", "UMAP 2", "UMAP 3"];
}

/**
 * A map in two dimensions with a unit's values as height, as Slideflow's `plot_3D_umap(node)` draws it. That stretches
 * x and y to 0 .. 1 and cuts off what lies beyond their percentiles; here they stay as they are, because the same rows
 * are selected on the flat map, and the box around them is drawn as wide as the map. Rows whose value is missing or
 * infinite lie nowhere.
 */
export function raiseMap(
  { positions }: Layout,
  { name, values }: LinkedUnit,
  axes: readonly [string, string, string],
): SpaceMap {
  const raised = new Float32Array(3 * values.length);
  for (let row = 0; row < values.length; row++) {
    raised[3 * row] = positions[2 * row] ?? Number.NaN;
    raised[3 * row + 1] = positions[2 * row + 1] ?? Number.NaN;
    const height = values[row] ?? Number.NaN;
    raised[3 * row + 2] = Number.isFinite(height) ? height : Number.NaN;
  }
  return { positions: raised, axes: [axes[0], axes[1], name], isRaised: true };
}
