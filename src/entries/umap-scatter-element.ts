import { ComputeError } from "../compute/errors.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import type { NumberList } from "../widgets/host/inline-sources.ts";
import { type ObservableOptions, observable, type WidgetElement } from "../widgets/host/observable.ts";
import { umapScatterSpec } from "../widgets/umap-scatter/spec.ts";
import type { UmapScatterInput } from "./umap-scatter-input.ts";

/** A map as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface UmapScatterElement extends WidgetElement {
  /**
   * Show the map in three dimensions with a unit as height, coloured by it; null: flat again.
   *
   * @param unit A column of `points`, or a number a row.
   * @param options `exclude`: compute the map without that column, so that it says nothing of where rows lie.
   * @throws ComputeError for a column that is not there, for another number of rows, and over a map that is not flat.
   */
  plot3d(unit: number | NumberList | null, options?: { readonly exclude?: boolean | undefined }): void;
}

/** Serve a map as an element. */
export function makeUmapScatter(input: UmapScatterInput, options: ObservableOptions): UmapScatterElement {
  const element = observable(eraseProps(umapScatterSpec), { ...input }, options);
  const plot3d: UmapScatterElement["plot3d"] = (unit, { exclude = false } = {}) => {
    if (exclude && unit !== null && typeof unit !== "number")
      throw new ComputeError("input", "These numbers are no column of the points.", "Exclude a column by its number.");
    element.update({ height: unit, exclude: exclude ? unit : null });
  };
  return Object.defineProperties(element, { plot3d: { value: plot3d } }) as UmapScatterElement;
}
