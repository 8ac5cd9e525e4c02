import { CHANNEL_ORDERS, type ChannelOrder } from "../../../compute/feature-maps/order-channels.ts";
import type { MenuItem } from "../../chrome/menu.ts";

/** What channels are sorted by, as a menu says it. */
export const sortNames: Readonly<Record<ChannelOrder, string>> = {
  index: "Number",
  mean: "Mean",
  max: "Maximum",
  zeros: "Share of zeros",
  difference: "Difference",
};

/** The orders, one of them ticked; how two pictures differ can be told where there are two. */
export function sortItems(
  order: ChannelOrder,
  isCompared: boolean,
  onSort: (order: ChannelOrder) => void,
): readonly MenuItem[] {
  return CHANNEL_ORDERS.map((each) => ({
    name: each === "difference" ? "Difference of the two pictures" : sortNames[each],
    checked: each === order,
    disabled: each === "difference" && !isCompared,
    run: () => onSort(each),
  }));
}
