import { layerTable } from "../../../compute/model/layers/layer-table.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";

/**
 * The layer table as columns by their names, a value a layer, for a data frame: null where nobody knows, empty where a layer
 * has none.
 */
export function answeredColumns(
  layers: readonly ModelLayer[],
): Readonly<Record<string, readonly (string | number | null)[]>> {
  return Object.fromEntries(
    layerTable(layers).map(({ name, values }) => {
      if (name === "kernel" || name === "stride") return [name, values.map((size) => size ?? "")] as const;
      return [name === "name" ? "layer" : name, values] as const;
    }),
  );
}
