import { hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitGroup } from "../../../compute/statistics/unit-boxes.ts";
import { buildSvg } from "../../chrome/build-svg.ts";
import { boxMarks } from "./box-marks.ts";
import type { PanelFrame } from "./panel-frame.ts";
import { noPoints, type PlacedPoints, placeOutliers, placeSwarm, pointsPath } from "./placed-points.ts";
import { densityMark, violinMarks } from "./violin-marks.ts";

/** One group as it is drawn, and the points in it that can be pointed at. */
export interface DrawnGroup {
  readonly marks: readonly SVGElement[];
  readonly points: PlacedPoints;
}

/** @param mask Rows whose points keep their colour; null: all. */
export function drawGroup(frame: PanelFrame, group: UnitGroup, mask: RowMask | null): DrawnGroup {
  if (group.box.n === 0) return { marks: [], points: noPoints };
  if (frame.shape === "points") return drawPoints(frame, group, mask);
  if (frame.shape === "violin") return { marks: violinMarks(frame, group), points: noPoints };
  const points = placeOutliers(frame, group.box);
  return { marks: boxMarks(frame, group, points), points };
}

function drawPoints(frame: PanelFrame, group: UnitGroup, mask: RowMask | null): DrawnGroup {
  const { swarm, density } = group;
  if (!swarm) return { marks: density ? [densityMark(frame, density)] : violinMarks(frame, group), points: noPoints };
  const points = placeSwarm(frame, swarm);
  const isSelected = (index: number): boolean => mask === null || hasRow(mask, points.rows[index] ?? -1);
  const strokes = (name: string, wanted: (index: number) => boolean): SVGElement =>
    buildSvg("path", {
      class: `ls-box-points ${name}`,
      attributes: { d: pointsPath(points, wanted), "stroke-width": points.diameter },
    });
  const rest = mask ? strokes("ls-box-points-rest", (index) => !isSelected(index)) : null;
  const full = strokes("ls-box-points-full", isSelected);
  return { marks: rest ? [rest, full] : [full], points };
}
