import { type RowMask, sameMask } from "../../compute/selection/row-mask.ts";
import { isLinkHow, type LinkHow } from "../link/link-how.ts";
import type { LinkedRows } from "../link/linked-rows.ts";
import { pageGroup } from "../link/page-groups.ts";
import { SelectionGroup } from "../link/selection-group.ts";
import { bytesOf } from "./bytes-of.ts";
import type { ModelRelay } from "./model-relay.ts";

/** Quiet before a selection is told to Python, ms: a drag changes it many times a second. */
const QUIET = 80;

/** What the model's traits say of a selection. */
interface Written {
  readonly selected: RowMask | null;
  readonly own: RowMask | null;
  readonly how: LinkHow;
}

/**
 * Keep a session's selection and the model's traits the same: `_selected` (what is shown as selected, a bit mask; no
 * bytes: nothing), `_own` (what was selected here, where that is another thing), `_group` (the name of the group that it
 * is linked with; empty: none) and `_link_how` (by what rule).
 */
export function bindSelection(rows: LinkedRows, relay: ModelRelay, signal: AbortSignal): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let group = "";
  const written = (): Written => ({
    selected: maskOf(relay.get("_selected")),
    own: maskOf(relay.get("_own")),
    how: howOf(relay.get("_link_how")),
  });
  const present = () => {
    const { selected, own, how } = rows;
    return { selected, own: how === "single" ? null : own, how, chosen: own };
  };
  let latest = present();
  /** What Python knows to be selected here: what the reader has selected since is newer than what it writes. */
  let told = latest.chosen;
  const write = () => {
    timer = undefined;
    const { selected, own, how, chosen } = latest;
    told = chosen;
    const before = written();
    const isOther = how !== before.how || !sameMask(own, before.own);
    if (how !== before.how) relay.save("_link_how", viewOf(new TextEncoder().encode(how)));
    if (!sameMask(own, before.own)) relay.save("_own", viewOf(own));
    // Python combines by what it knows of the others; the page knows better, and has the last word.
    if (isOther || !sameMask(selected, before.selected)) relay.save("_selected", viewOf(selected));
  };
  let taking = false;
  const take = () => {
    if (!sameMask(rows.own, told)) return;
    const { selected, own } = written();
    taking = rows.how === "single";
    rows.select(taking ? selected : own);
    taking = false;
    told = rows.own;
  };
  const takeSelected = () => {
    if (rows.how === "single") take();
  };
  const takeOwn = () => {
    if (rows.how !== "single") take();
  };
  const follow = () => {
    const name = String(relay.get("_group") ?? "");
    const { how, selected, own } = written();
    if (name === group) {
      if (name && timer === undefined) rows.combineBy(how);
      return;
    }
    group = name;
    const isNews = sameMask(rows.own, told);
    rows.join(name ? pageGroup(name) : new SelectionGroup(), how);
    if (!isNews) return;
    if (rows.how !== "single") {
      if (own) rows.restore(own);
    } else if (selected) rows.select(selected);
    told = rows.own;
  };
  const note = () => {
    latest = present();
    if (taking) return;
    clearTimeout(timer);
    timer = setTimeout(write, QUIET);
  };

  if (relay.get("_group")) follow();
  else take();
  for (const event of ["selection", "link"] as const) rows.listen(event, note, signal);
  // What the others on the page have selected may be other rows than when this was written.
  if (rows.how !== "single") note();
  relay.on("change:_selected", takeSelected);
  relay.on("change:_own", takeOwn);
  relay.on("change:_group", follow);
  relay.on("change:_link_how", follow);
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

/** As bytes: Python has from a page only bytes that arrive in every host. */
function howOf(value: unknown): LinkHow {
  const name = new TextDecoder().decode(bytesOf(value));
  return isLinkHow(name) ? name : "single";
}

/** Only a DataView arrives in every host: marimo drops typed arrays without a word. */
function viewOf(bytes: Uint8Array<ArrayBuffer> | null): DataView<ArrayBuffer> {
  return new DataView((bytes ?? new Uint8Array()).slice().buffer);
}
