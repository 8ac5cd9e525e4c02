import { countRows } from "../../../compute/selection/row-mask.ts";
import type { ScatterSession } from "../session.ts";
import { type CaptionParts, caption } from "./caption.ts";

/** The caption of what a map shows now. */
export function shownCaption(session: ScatterSession): string {
  const { data, unit } = session;
  const height = unit.isRaised ? (unit.shown?.name ?? null) : null;
  return captionWith(session, { coloredBy: data.shownLoan?.name ?? ownColor(session), height });
}

/** The caption of the map as it was asked for, flat and without what is lent to it for a while: that of a saved notebook. */
export function lastingCaption(session: ScatterSession): string {
  return captionWith(session, { coloredBy: ownColor(session), height: null });
}

function ownColor({ data, props }: ScatterSession): string | null {
  if (data.facts.coloring === null) return null;
  return props.color ? "color" : "labels";
}

function captionWith(session: ScatterSession, how: Pick<CaptionParts, "coloredBy" | "height">): string {
  const { rows, layout, count } = session;
  return caption({ ...how, rows: count, layout, selected: rows.selected ? countRows(rows.selected) : 0 });
}
