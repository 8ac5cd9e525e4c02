import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { type LayerColumnName, layerColumns } from "./layer-columns.ts";

/** By what layers are sorted; null: as they run. */
export interface LayerOrder {
  readonly column: LayerColumnName;
  readonly isDescending: boolean;
}

/** Names with numbers in them are read as people read them: conv2d_9 before conv2d_10. */
const names = new Intl.Collator("en", { numeric: true });

/** The places of layers in an order; those that are alike in it stay as they run. */
export function orderLayers(layers: readonly ModelLayer[], order: LayerOrder | null): readonly number[] {
  const places = [...layers.keys()];
  const column = order && layerColumns.find(({ name }) => name === order.column);
  if (!order || !column) return places;
  const ranks = layers.map((layer) => column.rank(layer));
  const sign = order.isDescending ? -1 : 1;
  return places.sort((a, b) => {
    const [first = null, second = null] = [ranks[a], ranks[b]];
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    if (typeof first === "number" && typeof second === "number") return sign * (first - second);
    return sign * names.compare(String(first), String(second));
  });
}

/** What comes when a column's head is pressed: numbers with the largest first, then the other way, then as they run. */
export function nextOrder(order: LayerOrder | null, column: LayerColumnName): LayerOrder | null {
  const startsDescending = layerColumns.find(({ name }) => name === column)?.isNumber ?? false;
  if (order?.column !== column) return { column, isDescending: startsDescending };
  return order.isDescending === startsDescending ? { column, isDescending: !startsDescending } : null;
}

/** Of these places those whose layer has all the words in its name, type or module. */
export function findLayers(layers: readonly ModelLayer[], places: readonly number[], query: string): readonly number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return places;
  return places.filter((place) => {
    const layer = layers[place];
    const text = layer ? `${layer.name} ${layer.type} ${layer.module}`.toLowerCase() : "";
    return words.every((word) => text.includes(word));
  });
}
