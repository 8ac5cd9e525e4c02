import { hasRow, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";
import { type FigureItem, figureText } from "../../export/figure.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { halfWidth, type PanelFrame, valueAt } from "../plot/layout/panel-frame.ts";
import { CAP_SHARE } from "../plot/marks/box-marks.ts";
import { densityOutline, densityShareAt } from "../plot/marks/density-outline.ts";
import { type PlacedMeans, placeMeans } from "../plot/marks/place-means.ts";
import { type PlacedPoints, placeOutliers, placeSwarm, type Tally } from "../plot/marks/placed-points.ts";
import { TALLY_ABOVE, tallyWords } from "../plot/marks/tally-words.ts";

/** How one group is drawn; `isSelection`: in full, so that it stands out from the classes. */
export interface GroupInk {
  readonly color: string;
  readonly isSelection: boolean;
  /** Rows whose points keep their colour; null: all. */
  readonly mask: RowMask | null;
  readonly tokens: Tokens;
}

/** The marks of a group in layers, CSS px from its middle line and the drawing's top; lines in points. */
export interface GroupItems {
  /** Single values: beneath all else. */
  readonly points: readonly FigureItem[];
  readonly marks: readonly FigureItem[];
}

/** Points, at the size where 11 px of the screen are 7 pt: the screen's 1, 1.5, 2 and 4 px. */
const THIN = 0.6;
const EDGE = 0.9;
const MEDIAN = 1.2;
const QUARTILES = 2.5;
const BODY_OPACITY = 0.25;
const CROWD_OPACITY = 0.6;
/** Between a slide's disc and what lies under it, CSS px. */
const HALO = 1;

/** The same marks as the screen's. */
export function groupItems(frame: PanelFrame, group: UnitGroup, ink: GroupInk): GroupItems {
  if (group.box.n === 0) return { points: [], marks: [] };
  const { swarm, density } = group;
  if (frame.shape === "points" && swarm) {
    const placed = placeSwarm(frame, swarm);
    const median = medianItem(frame, group, halfWidth(frame), ink.tokens.text);
    return { points: swarmItems(placed, ink), marks: [...tallyItems(placed.tally, frame, ink), median] };
  }
  if (frame.shape === "points" && density) return { points: [], marks: densityItems(frame, group, ink) };
  if (frame.shape !== "box") return { points: [], marks: violinItems(frame, group, ink) };
  const outliers = placeOutliers(frame, group.box);
  return {
    points: circles(outliers, () => (ink.isSelection ? ink.tokens.text : ink.color)),
    marks: boxItems(frame, group, ink),
  };
}

function circles({ x, y, diameter }: PlacedPoints, fillOf: (index: number) => string) {
  return Array.from(x, (across, index) => ({
    kind: "circle" as const,
    x: across,
    y: y[index] ?? 0,
    radius: diameter / 2,
    fill: fillOf(index),
  }));
}

/** Those that are not selected grey, and beneath. */
function swarmItems(points: PlacedPoints, { color, mask, tokens }: GroupInk): FigureItem[] {
  const grey = tokens.notSelected;
  const all = circles(points, (index) => (mask && !hasRow(mask, points.rows[index] ?? -1) ? grey : color));
  return [...all.filter(({ fill }) => fill === grey), ...all.filter(({ fill }) => fill !== grey)];
}

function boxItems(frame: PanelFrame, group: UnitGroup, ink: GroupInk): FigureItem[] {
  const { box } = group;
  const { color, isSelection } = ink;
  const half = halfWidth(frame);
  const [low, q1, q3, high] = [box.whiskerLow, box.q1, box.q3, box.whiskerHigh].map((value) => valueAt(frame, value));
  const [bottom = 0, top = 0] = [q1, q3];
  const thin = { stroke: color, lineWidth: THIN };
  const across = (y = 0): FigureItem => ({
    kind: "line",
    x1: -half * CAP_SHARE,
    y1: y,
    x2: half * CAP_SHARE,
    y2: y,
    ...thin,
  });
  const body = { kind: "rect", x: -half, y: top, width: 2 * half, height: bottom - top } as const;
  const slides = placeMeans(frame, group);
  const edge = { ...body, stroke: color, lineWidth: EDGE };
  return [
    across(low),
    { kind: "line", x1: 0, y1: low ?? 0, x2: 0, y2: bottom, ...thin },
    { kind: "line", x1: 0, y1: top, x2: 0, y2: high ?? 0, ...thin },
    across(high),
    { ...body, fill: color, opacity: isSelection ? 1 : BODY_OPACITY },
    edge,
    ...meanItems(slides, ink),
    ...(slides.isCrowd ? [edge] : []),
    medianItem(frame, group, half, isSelection ? ink.tokens.page : ink.tokens.text),
  ];
}

function violinItems(frame: PanelFrame, group: UnitGroup, ink: GroupInk): FigureItem[] {
  const { box, density } = group;
  const { color, isSelection, tokens } = ink;
  const half = halfWidth(frame);
  const medianColor = isSelection ? tokens.page : tokens.text;
  if (!density) return [...meanItems(placeMeans(frame, group), ink), medianItem(frame, group, half, tokens.text)];
  return [
    ...densityItems(frame, group, ink),
    {
      kind: "line",
      x1: 0,
      y1: valueAt(frame, box.q1),
      x2: 0,
      y2: valueAt(frame, box.q3),
      stroke: isSelection ? tokens.text : color,
      lineWidth: QUARTILES,
    },
    ...meanItems(placeMeans(frame, group), ink),
    medianItem(frame, group, half * densityShareAt(density, box.median), medianColor),
  ];
}

function densityItems(frame: PanelFrame, { density }: UnitGroup, { color, isSelection }: GroupInk): FigureItem[] {
  if (!density) return [];
  const points = densityOutline(frame, density).flatMap(({ x, y }) => [x, y]);
  const outline = { kind: "polyline", points, closed: true } as const;
  return [
    { ...outline, fill: color, opacity: isSelection ? 1 : BODY_OPACITY },
    { ...outline, stroke: color, lineWidth: EDGE },
  ];
}

function medianItem(frame: PanelFrame, { box }: UnitGroup, half: number, stroke: string): FigureItem {
  const y = valueAt(frame, box.median);
  return { kind: "line", x1: -half, y1: y, x2: half, y2: y, stroke, lineWidth: MEDIAN };
}

/** A disc for each slide, kept apart from what it lies on by a line of the page where they are few. */
function meanItems({ at, diameter, isCrowd }: PlacedMeans, { color, isSelection, tokens }: GroupInk): FigureItem[] {
  const fill = isSelection ? tokens.text : color;
  const radius = diameter / 2;
  if (isCrowd) return at.map(({ x, y }) => ({ kind: "circle", x, y, radius, fill, opacity: CROWD_OPACITY }));
  return at.flatMap(({ x, y }): FigureItem[] => [
    { kind: "circle", x, y, radius: radius + HALO / 2, fill: tokens.page },
    { kind: "circle", x, y, radius, fill },
  ]);
}

/** How many points lie upon each other, above them. */
function tallyItems(tally: Tally | null, { room }: PanelFrame, { tokens }: GroupInk): FigureItem[] {
  const words = tally && tallyWords(tally, room);
  if (!tally || !words) return [];
  return [figureText(words, 0, tally.y - TALLY_ABOVE, tokens.textSecond, { anchor: "middle" })];
}
