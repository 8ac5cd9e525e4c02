import type { BoxShape } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import type { GroupNames } from "./group-names.ts";
import type { ValueAxis } from "./value-axis.ts";

/** The measures of one panel's drawing, CSS px. */
export interface PanelFrame {
  /** Of the title that stands above the drawing. */
  readonly header: number;
  readonly width: number;
  readonly height: number;
  /** Of the area that values are drawn in; groups stand side by side in it, the selection's last. */
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly slot: number;
  /** What a group's marks may take of its place: no more than beside the selection's box, so that this moves and never stretches them. */
  readonly room: number;
  readonly axis: ValueAxis;
  readonly names: GroupNames;
  readonly shape: BoxShape;
}

/** Between a tick's label and the drawing. */
export const TICK_GAP = 6;
/** Above the greatest value: half a tick's label. */
export const PLOT_TOP = 6;

/** Of a group's place, where places are narrow and where they are wide. */
const BOX_SHARE = 0.64;
const WIDE_SHARE = 0.4;
const USUAL_BOX = 44;

/** Where a value lies, from the top of the drawing. */
export function valueAt({ top, bottom, axis }: PanelFrame, value: number): number {
  return bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - top);
}

/** The middle of a group's place. */
export function middleOf({ left, slot }: PanelFrame, place: number): number {
  return left + (place + 0.5) * slot;
}

/** Half of what a box, or a violin at its widest, takes. */
export function halfWidth({ room }: PanelFrame): number {
  return Math.min(Math.max(USUAL_BOX, room * WIDE_SHARE), room * BOX_SHARE) / 2;
}
