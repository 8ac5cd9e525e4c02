import type { LinkedRows } from "../link/linked-rows.ts";
import { bytesOf } from "./bytes-of.ts";
import type { ModelRelay } from "./model-relay.ts";

/**
 * Tell Python which unit linked widgets show: in the trait `_unit` of models that have one, as a number in decimal digits;
 * no bytes where none is shown, or numbers that are no column.
 */
export function bindUnit(rows: LinkedRows, relay: ModelRelay, signal: AbortSignal): void {
  if (relay.get("_unit") === undefined) return;
  const write = () => {
    const index = rows.unit?.index ?? -1;
    const digits = index < 0 ? "" : String(index);
    if (digits === new TextDecoder().decode(bytesOf(relay.get("_unit")))) return;
    relay.save("_unit", new DataView(new TextEncoder().encode(digits).slice().buffer));
  };
  rows.listen("unit", write, signal);
}
