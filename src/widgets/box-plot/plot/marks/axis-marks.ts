import { buildSvg } from "../../../chrome/build-svg.ts";
import { shapeOf } from "../../../theme/class-shapes.ts";
import { formatCount } from "../../../theme/numbers.ts";
import { NAME_LINE, NAMES_GAP } from "../layout/group-names.ts";
import { type PanelFrame, TICK_GAP, valueAt } from "../layout/panel-frame.ts";
import type { GroupLook } from "../plot-options.ts";

/** Of a text of 11 px, from the top of its line. */
export const BASELINE = 11;
/** From a text's middle to its baseline. */
export const HALF_LETTER = 4;
const SHAPE_SIZE = 3.2;
/** Above the greatest value, where no mark is: at the values' foot it would lie on boxes that start there. */
const SHAPE_AT = 2;

/** The values' ticks with their hairlines. */
export function axisMarks(frame: PanelFrame): SVGElement[] {
  return frame.axis.ticks.flatMap(({ value, label }) => {
    const y = valueAt(frame, value);
    // On the middle of a pixel, where a hairline is one pixel wide and not two grey ones.
    const line = Math.round(y - 0.5) + 0.5;
    return [
      buildSvg("line", { class: "ls-box-rule", attributes: { x1: frame.left, x2: frame.width, y1: line, y2: line } }),
      buildSvg("text", {
        class: "ls-box-tick",
        text: label,
        attributes: { x: frame.left - TICK_GAP, y: y + HALF_LETTER, "text-anchor": "end", "data-ls-value": value },
      }),
    ];
  });
}

/** A group's name and count below its box, around its middle line. */
export function nameMarks(frame: PanelFrame, place: number, look: GroupLook, n: number): SVGElement[] {
  const { names, bottom } = frame;
  const shown = names.shown[place];
  if (shown === undefined || place % names.every !== 0) return [];
  const count = formatCount(n);
  const title = buildSvg("title", { text: look.name });
  const shape = shapeOf(look.color);
  // Where the system allows no colours, the class' shape says which it is, as in the legend.
  const sign =
    shape &&
    buildSvg("path", {
      class: "ls-box-shape",
      attributes: { d: shape, transform: `translate(0 ${SHAPE_AT}) scale(${SHAPE_SIZE})` },
    });
  const signs = sign ? [sign] : [];
  if (names.angle === 0) {
    const lines = names.lines[place % 2 === 0 ? 0 : 1];
    const upright = (line: number) => ({
      x: place === names.shown.length - 1 ? -names.lastAside : 0,
      y: bottom + NAMES_GAP + line * NAME_LINE + BASELINE,
      "text-anchor": "middle",
    });
    return [
      buildSvg("text", { class: "ls-box-name", text: shown, attributes: upright(lines.name), children: [title] }),
      buildSvg("text", { class: "ls-box-count", text: count, attributes: upright(lines.count) }),
      ...signs,
    ];
  }
  const turn = `translate(0 ${bottom + NAMES_GAP + HALF_LETTER}) rotate(${-names.angle})`;
  return [
    buildSvg("text", {
      class: "ls-box-name",
      text: `${shown} `,
      attributes: { transform: turn, y: HALF_LETTER, "text-anchor": "end" },
      children: [buildSvg("tspan", { class: "ls-box-count", text: count }), title],
    }),
    ...signs,
  ];
}
