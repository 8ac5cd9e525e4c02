import { hasRow, type RowMask } from "../../../../compute/selection/row-mask.ts";
import type { UnitGroup } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { buildSvg } from "../../../chrome/build-svg.ts";
import { halfWidth, type PanelFrame } from "../layout/panel-frame.ts";
import { boxMarks, medianMark } from "./box-marks.ts";
import { noPoints, type PlacedPoints, placeOutliers, placeSwarm, pointsPath, type Tally } from "./placed-points.ts";
import { TALLY_ABOVE, tallyWords } from "./tally-words.ts";
import { densityMark, violinMarks } from "./violin-marks.ts";

/** One group as it is drawn, and the points in it that can be pointed at. */
export interface DrawnGroup {
  readonly marks: readonly SVGElement[];
  readonly points: PlacedPoints;
  /** Rows whose points keep their colour, others turn grey beneath; null: all keep it. */
  showMask(mask: RowMask | null): void;
}

export const nothingDrawn: DrawnGroup = { marks: [], points: noPoints, showMask: () => {} };

export function drawGroup(frame: PanelFrame, group: UnitGroup): DrawnGroup {
  if (group.box.n === 0) return nothingDrawn;
  if (frame.shape === "points") return drawPoints(frame, group);
  if (frame.shape === "violin") return { ...nothingDrawn, marks: violinMarks(frame, group) };
  const points = placeOutliers(frame, group.box);
  return { ...nothingDrawn, marks: boxMarks(frame, group, points), points };
}

function drawPoints(frame: PanelFrame, group: UnitGroup): DrawnGroup {
  const { swarm, density } = group;
  if (!swarm) return { ...nothingDrawn, marks: density ? [densityMark(frame, density)] : violinMarks(frame, group) };
  const points = placeSwarm(frame, swarm);
  const attributes = { "stroke-width": points.diameter };
  // All points stay as they are beneath the selected ones: a new selection draws those alone.
  const all = buildSvg("path", { class: "ls-box-points", attributes: { ...attributes, d: pointsPath(points) } });
  const selected = buildSvg("path", { class: "ls-box-points", attributes });
  return {
    marks: [all, selected, ...tallyMarks(frame, points.tally), medianMark(frame, group.box, halfWidth(frame))],
    points,
    showMask(mask) {
      all.classList.toggle("ls-box-points-rest", mask !== null);
      selected.setAttribute("d", mask ? pointsPath(points, (index) => hasRow(mask, points.rows[index] ?? -1)) : "");
    },
  };
}

/** How many points lie upon each other, above them. */
function tallyMarks(frame: PanelFrame, tally: Tally | null): SVGElement[] {
  const words = tally && tallyWords(tally, frame.room);
  if (!tally || !words) return [];
  const attributes = { y: tally.y - TALLY_ABOVE, "text-anchor": "middle" };
  return [buildSvg("text", { class: "ls-box-tally", text: words, attributes })];
}
