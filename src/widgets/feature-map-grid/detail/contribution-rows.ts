import { buildElement } from "../../chrome/build-element.ts";
import { formatAlike, formatCount, formatNumber } from "../../theme/numbers.ts";
import type { Addition } from "./figures-that-add-up.ts";
import { type HeatScale, heatMap, heatScale } from "./heat-map.ts";
import type { Contribution } from "./pixel-contributions.ts";

/** Of a window's longer side, up to which its numbers can be read one by one. */
const READABLE = 7;

/**
 * A line of a table for each channel that a pixel was made from: values, weights and products as small maps of one scale for
 * all lines, and what they add. A channel's name opens its numbers.
 *
 * @param addition Whose first parts they are; null where one of the values is taken as it is.
 */
export function contributionRows(shown: readonly Contribution[], addition: Addition | null): readonly HTMLElement[] {
  if (shown.length === 0) return [];
  const scales: Scales = {
    values: heatScale(
      shown.map(({ values }) => values),
      false,
    ),
    weights: heatScale(
      shown.map(({ weights }) => weights ?? new Float32Array()),
      true,
    ),
    products: heatScale(
      shown.map(({ products }) => products),
      true,
    ),
  };
  const [first] = shown;
  const isOneSource = shown.every(({ source }) => source === first?.source);
  const heads = addition ? ["channel", "values", "weights", "products", "add"] : ["channel", "values", "", "", ""];
  return [
    buildElement("tr", {
      class: "ls-detail-heads",
      children: heads.map((text) => buildElement("th", { text, attributes: { scope: "col" } })),
    }),
    ...shown.flatMap((one, index) => {
      const name = isOneSource ? formatCount(one.channel) : `${one.source}, ${formatCount(one.channel)}`;
      return channelRows({ one, index, name, isAlone: shown.length === 1, scales, addition });
    }),
  ];
}

interface Scales {
  readonly values: HeatScale;
  readonly weights: HeatScale;
  readonly products: HeatScale;
}

interface ChannelLine {
  readonly one: Contribution;
  /** Its place among the parts of the addition. */
  readonly index: number;
  readonly name: string;
  /** There is room for its numbers from the beginning. */
  readonly isAlone: boolean;
  readonly scales: Scales;
  readonly addition: Addition | null;
}

function channelRows({ one, index, name, isAlone, scales, addition }: ChannelLine): readonly HTMLElement[] {
  const { height, width, values, weights, products, padded } = one;
  const isSingle = height * width === 1;
  const cell = (part: Float32Array | null, scale: HeatScale, what: string): HTMLElement => {
    if (!part) return buildElement("td");
    if (isSingle) return buildElement("td", { class: "ls-value", text: formatNumber(part[0] ?? Number.NaN) });
    const label = `${what} of ${name}, ${height} × ${width}`;
    const map = heatMap({ height, width, values: part, padded }, scale, label);
    return buildElement("td", { children: [map] });
  };
  const head = buildElement("th", { attributes: { scope: "row", title: name } });
  const row = buildElement("tr", {
    children: [
      head,
      cell(values, scales.values, "Values"),
      cell(weights, scales.weights, "Weights"),
      cell(weights && products, scales.products, "Products"),
      buildElement("td", { class: "ls-value", text: addition?.parts[index] ?? "" }),
    ],
  });
  if (isSingle || Math.max(height, width) > READABLE) {
    head.textContent = name;
    return [row];
  }
  const numbers = buildElement("tr", { class: "ls-detail-numbers" });
  const attributes = { type: "button", title: "Show the numbers" };
  const opener = buildElement("button", { class: "ls-action", text: name, attributes });
  const open = (isOpen: boolean): void => {
    numbers.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen && numbers.childElementCount === 0)
      numbers.append(numbersOf(one, addition?.split(index, [...one.products]) ?? []));
  };
  opener.addEventListener("click", () => open(numbers.hidden));
  open(isAlone);
  head.append(opener);
  return [row, numbers];
}

/** Values, weights and products as figures; what lies in the padding is told by a dash, the one that is taken is bold. */
function numbersOf(
  { height, width, values, weights, sum, padded }: Contribution,
  products: readonly string[],
): HTMLElement {
  const isTaken = (at: number) => weights === null && padded[at] !== 1 && values[at] === Math.fround(sum);
  const cell = (text: string, at: number): HTMLElement =>
    buildElement("td", { class: isTaken(at) ? "ls-detail-taken" : "", text: padded[at] === 1 ? "–" : text });
  const table = (texts: readonly string[]): HTMLElement =>
    buildElement("table", {
      class: "ls-detail-window",
      children: Array.from({ length: height }, (_, row) =>
        buildElement("tr", {
          children: texts.slice(row * width, (row + 1) * width).map((text, column) => cell(text, row * width + column)),
        }),
      ),
    });
  const sign = (text: string): HTMLElement => buildElement("span", { text });
  const parts = weights
    ? [table(formatAlike([...values])), sign("×"), table(formatAlike([...weights])), sign("="), table(products)]
    : [table(formatAlike([...values]))];
  const line = buildElement("div", { class: "ls-detail-windows", children: parts });
  return buildElement("td", { attributes: { colspan: "5" }, children: [line] });
}
