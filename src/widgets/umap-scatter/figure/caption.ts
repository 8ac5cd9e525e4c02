import { describeMap } from "../../map/describe-map.ts";
import type { Layout } from "../../map/layout.ts";
import { formatCount } from "../../theme/numbers.ts";

export interface CaptionParts {
  readonly rows: number;
  /** What is on show; null while there is nothing. */
  readonly layout: Layout | null;
  /** What the points are coloured by: "labels", "color"; null for density. */
  readonly coloredBy: string | null;
  readonly selected: number;
  /** The unit that is the map's height; null where it is flat, or has three dimensions of its own. */
  readonly height: string | null;
}

/** The sentence that goes under a figure and into every file: all that is needed to compute the map again. */
export function caption({ rows, layout, coloredBy, selected, height }: CaptionParts): string {
  const color = coloredBy === null ? "" : `, coloured by ${coloredBy}`;
  const selection = selected > 0 ? `; ${formatCount(selected)} selected rows in colour, others grey` : "";
  if (layout?.origin.kind === "saved" && layout.origin.caption) return layout.origin.caption;
  const raised = height === null ? "" : `, with ${height} as height`;
  return `${describeMap(rows, layout)}${color}${raised}${selection}.`;
}
