import { type RowMask, sameMask } from "../../compute/selection/row-mask.ts";
import type { LinkedRows } from "../link/linked-rows.ts";
import { pageGroup } from "../link/page-groups.ts";
import { SelectionGroup } from "../link/selection-group.ts";
import { bytesOf } from "./bytes-of.ts";
import type { ModelRelay } from "./model-relay.ts";

/** Quiet before a selection is told to Python, ms: a drag changes it many times a second. */
const QUIET = 80;

/**
 * Keep a session's selection and the model's traits the same: `_selected` (a bit mask; no bytes: nothing selected)
 * and `_group` (the name of the group that it is linked with; empty: none).
 */
export function bindSelection(rows: LinkedRows, relay: ModelRelay, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const written = () => maskOf(relay.get("_selected"));
  const write = () => {
    timer = undefined;
    if (sameMask(rows.selected, written())) return;
    // Only a DataView arrives in every host: marimo drops typed arrays without a word.
    relay.save("_selected", new DataView((rows.selected ?? new Uint8Array()).slice().buffer));
  };
  let taking = false;
  const take = () => {
    // What the reader does now is newer than what Python wrote before it heard of it.
    if (timer !== undefined) return;
    taking = true;
    rows.select(written());
    taking = false;
  };
  const join = () => {
    const name = relay.get("_group");
    rows.join(typeof name === "string" && name ? pageGroup(name) : new SelectionGroup());
  };

  if (relay.get("_group")) join();
  if (written()) rows.select(written());
  rows.listen(
    "selection",
    () => {
      if (taking) return;
      clearTimeout(timer);
      timer = setTimeout(write, QUIET);
    },
    signal,
  );
  relay.on("change:_selected", take);
  relay.on("change:_group", join);
  signal.addEventListener(
    "abort",
    () => {
      if (timer !== undefined) {
        clearTimeout(timer);
        write();
      }
      rows.leave();
    },
    { once: true },
  );
}

function maskOf(value: unknown): RowMask | null {
  const mask = bytesOf(value);
  return mask.length ? mask.slice() : null;
}
