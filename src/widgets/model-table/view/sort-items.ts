import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import type { MenuItem } from "../../chrome/menu.ts";
import { columnsOf } from "../data/layer-columns.ts";
import { type LayerOrder, nextOrder } from "../data/order-layers.ts";

/** Every column to sort by, also those that the table has no room for, and the order in which the layers run. */
export function sortItems(
  layers: readonly ModelLayer[],
  order: LayerOrder | null,
  sortBy: (order: LayerOrder | null) => void,
): readonly MenuItem[] {
  return [
    { name: "as they run", checked: order === null, run: () => sortBy(null) },
    ...columnsOf(layers).map(
      ({ name, head }, place): MenuItem => ({
        name: `by ${head}`,
        checked: order?.column === name,
        separated: place === 0,
        run: () => sortBy(nextOrder(order, name) ?? { column: name, isDescending: false }),
      }),
    ),
  ];
}
