import { type FigureItem, figureText } from "../../export/figure.ts";
import { placeItems } from "../../export/place-items.ts";
import { cutText, textWidth } from "../../export/text-width.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { BESIDE_TITLE } from "../plot/layout/chart-layout.ts";
import { NAME_LINE, NAMES_GAP } from "../plot/layout/group-names.ts";
import { middleOf, type PanelFrame, TICK_GAP, valueAt } from "../plot/layout/panel-frame.ts";
import { BASELINE, HALF_LETTER } from "../plot/marks/axis-marks.ts";
import { NO_VALUES, outlierNote, panelSubtitle } from "../plot/panel-label.ts";
import type { BoxScene } from "../plot/plot-options.ts";
import { groupItems } from "./group-items.ts";
import { measure, PIXEL, TITLE_SIZE } from "./paper.ts";

/** One panel in layers, CSS px from its upper left corner; lines and text in points. */
export interface PanelItems {
  /** Hairlines, beneath all else. */
  readonly rules: readonly FigureItem[];
  readonly points: readonly FigureItem[];
  readonly marks: readonly FigureItem[];
}

const TITLE_BASELINE = 12;
/** The subtitle's baseline where it stands below the title. */
const SUBTITLE_BASELINE = 27;
const RULE_OPACITY = 0.6;

/** The panel at `index` of a scene, as the screen shows it. */
export function panelItems(scene: BoxScene, index: number, frame: PanelFrame, tokens: Tokens): PanelItems {
  const boxes = scene.panels[index];
  if (!boxes) return { rules: [], points: [], marks: [] };
  const columns = [
    ...boxes.groups.map((group, place) => ({ group, look: scene.groups[place], mask: scene.mask })),
    ...(boxes.selection ? [{ group: boxes.selection, look: undefined, mask: null }] : []),
  ].map(({ group, look, mask }, place) => {
    const ink = { color: look?.color ?? tokens.textSecond, isSelection: look === undefined, mask, tokens };
    const at = { x: middleOf(frame, place), y: frame.header, scale: 1 };
    const { points, marks } = groupItems(frame, group, ink);
    const names = nameItems(frame, place, formatCount(group.box.n), tokens);
    return { points: placeItems(points, at), marks: placeItems([...marks, ...names], at) };
  });
  const { rules, labels } = axisItems(frame, tokens);
  const below = { x: 0, y: frame.header, scale: 1 };
  return {
    rules: placeItems(rules, below),
    points: columns.flatMap(({ points }) => points),
    marks: [
      ...headerItems(scene, index, frame, tokens),
      ...placeItems(labels, below),
      ...columns.flatMap(({ marks }) => marks),
    ],
  };
}

function headerItems({ words, panels }: BoxScene, index: number, frame: PanelFrame, tokens: Tokens): FigureItem[] {
  const [word, boxes] = [words[index], panels[index]];
  if (!word || !boxes) return [];
  const isBelow = frame.header > SUBTITLE_BASELINE;
  const style = { size: TITLE_SIZE, weight: 600 } as const;
  const said = isBelow ? word.subtitle : panelSubtitle(word, boxes);
  // Where the subtitle has a line of its own, the note stands at the title's right.
  const note = isBelow ? outlierNote(boxes) : "";
  const beside = note === "" ? 0 : measure(note) + BESIDE_TITLE;
  const title = cutText(word.title, (frame.width - beside) * PIXEL, TITLE_SIZE, 600);
  const x = isBelow ? 0 : textWidth(title, TITLE_SIZE, 600) / PIXEL + BESIDE_TITLE;
  const subtitle = cutText(said, (frame.width - x) * PIXEL);
  return [
    figureText(title, 0, TITLE_BASELINE, tokens.text, style),
    ...(note === "" ? [] : [figureText(note, frame.width, TITLE_BASELINE, tokens.textSecond, { anchor: "end" })]),
    ...(subtitle.length > 1
      ? [figureText(subtitle, x, isBelow ? SUBTITLE_BASELINE : TITLE_BASELINE, tokens.textSecond)]
      : []),
  ];
}

function axisItems(frame: PanelFrame, { rule, textSecond }: Tokens) {
  const middle = { x: (frame.left + frame.width) / 2, y: (frame.top + frame.bottom) / 2 };
  if (frame.axis.ticks.length === 0)
    return { rules: [], labels: [figureText(NO_VALUES, middle.x, middle.y, textSecond, { anchor: "middle" })] };
  const ticks = frame.axis.ticks.map(({ value, label }) => ({ y: valueAt(frame, value), label }));
  return {
    rules: ticks.map(({ y }): FigureItem => {
      const ends = { x1: frame.left, y1: y, x2: frame.width, y2: y };
      return { kind: "line", ...ends, stroke: rule, lineWidth: 0.5, opacity: RULE_OPACITY };
    }),
    labels: ticks.map(({ y, label }) =>
      figureText(label, frame.left - TICK_GAP, y + HALF_LETTER, textSecond, { anchor: "end" }),
    ),
  };
}

/** A group's name and count below its box, around its middle line. */
function nameItems(
  { names, bottom }: PanelFrame,
  place: number,
  count: string,
  { text, textSecond }: Tokens,
): FigureItem[] {
  const shown = names.shown[place];
  if (shown === undefined || place % names.every !== 0) return [];
  if (names.angle === 0) {
    const lines = names.lines[place % 2 === 0 ? 0 : 1];
    const x = place === names.shown.length - 1 ? -names.lastAside : 0;
    const baseline = (line: number): number => bottom + NAMES_GAP + line * NAME_LINE + BASELINE;
    return [
      figureText(shown, x, baseline(lines.name), text, { anchor: "middle" }),
      figureText(count, x, baseline(lines.count), textSecond, { anchor: "middle" }),
    ];
  }
  const turn = (names.angle * Math.PI) / 180;
  const start = { x: HALF_LETTER * Math.sin(turn), y: bottom + NAMES_GAP + HALF_LETTER * (1 + Math.cos(turn)) };
  const back = measure(`${count} `);
  const style = { anchor: "end", turn: names.angle } as const;
  return [
    figureText(count, start.x, start.y, textSecond, style),
    figureText(shown, start.x - back * Math.cos(turn), start.y + back * Math.sin(turn), text, style),
  ];
}
