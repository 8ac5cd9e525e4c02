import { line } from "d3";
import { buildSvg } from "../../chrome/build-svg.ts";
import type { Faithfulness } from "../data/shown-saliency.ts";

/** CSS px. */
const HEIGHT = 88;
const MARGIN = { top: 4, right: 4, bottom: 16, left: 20 };

/**
 * The class's probability as more and more of the most salient places are taken away (a line), and put in (a dashed one), with
 * a mark where the eraser stands.
 *
 * @param step Of the curves' shares, the one that is on show.
 */
export function faithfulnessChart(
  { shares, deletion, insertion }: Pick<Faithfulness, "shares" | "deletion" | "insertion">,
  step: number,
  width: number,
  label: string,
): SVGSVGElement {
  const [right, bottom] = [width - MARGIN.right, HEIGHT - MARGIN.bottom];
  const x = (share: number) => MARGIN.left + share * (right - MARGIN.left);
  const y = (probability: number) => bottom - probability * (bottom - MARGIN.top);
  const pathOf = (heights: Float32Array) =>
    line<number>()
      .x((_, at) => x(shares[at] ?? 0))
      .y((height) => y(height))([...heights]) ?? "";
  const curve = (kind: string, heights: Float32Array) =>
    buildSvg("path", { class: `ls-curve ls-curve-${kind}`, attributes: { d: pathOf(heights) } });
  const dot = (heights: Float32Array) =>
    buildSvg("circle", {
      class: "ls-curve-dot",
      attributes: { cx: x(shares[step] ?? 0), cy: y(heights[step] ?? 0), r: 2.5 },
    });
  const mark = { x1: x(shares[step] ?? 0), x2: x(shares[step] ?? 0), y1: MARGIN.top, y2: bottom };
  const axis = `M${MARGIN.left},${MARGIN.top}V${bottom}H${right}`;
  const word = (text: string, at: { x: number; y: number; "text-anchor": string }) =>
    buildSvg("text", { class: "ls-curve-word", text, attributes: at });
  return buildSvg("svg", {
    class: "ls-curves",
    attributes: { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": label },
    children: [
      buildSvg("path", { class: "ls-curve-axis", attributes: { d: axis } }),
      word("1", { x: MARGIN.left - 4, y: MARGIN.top + 8, "text-anchor": "end" }),
      word("0", { x: MARGIN.left - 4, y: bottom, "text-anchor": "end" }),
      word("0 %", { x: MARGIN.left, y: HEIGHT - 3, "text-anchor": "start" }),
      word("100 %", { x: right, y: HEIGHT - 3, "text-anchor": "end" }),
      buildSvg("line", { class: "ls-curve-mark", attributes: mark }),
      curve("insertion", insertion),
      curve("deletion", deletion),
      dot(insertion),
      dot(deletion),
    ],
  });
}
