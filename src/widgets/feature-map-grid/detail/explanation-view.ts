import type { ComputeError } from "../../../compute/errors.ts";
import type { PixelExplanation, PixelStep } from "../../../compute/feature-maps/explain/pixel-explanation.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { contributionRows } from "./contribution-rows.ts";
import { figuresThatAddUp } from "./figures-that-add-up.ts";
import type { DetailContent } from "./mount-detail.ts";
import { patchPicture } from "./patch-picture.ts";
import { type Contribution, pixelContributions } from "./pixel-contributions.ts";

/** Channels that are told one by one; the others are told together. */
const MOST = 6;

/** How a pixel came about: the patch that it saw, values, weights, products, bias, sum, and what is done to the sum. */
export interface ExplanationView {
  readonly element: HTMLElement;
  /** Another pixel is asked for: what is told stays until then. */
  wait(): void;
  show(explanation: PixelExplanation, content: DetailContent): void;
  fail(error: ComputeError): void;
}

export function explanationView(): ExplanationView {
  const element = buildElement("section", {
    class: "ls-detail-how",
    attributes: { "aria-label": "How the pixel came about" },
  });
  return {
    element,
    wait: () => element.setAttribute("aria-busy", "true"),
    show(explanation, content) {
      element.removeAttribute("aria-busy");
      const { row, column, sentence, reason } = explanation;
      const isOnePlace = content.layer.height * content.layer.width === 1;
      const what = isOnePlace ? "this number" : `row ${row}, column ${column}`;
      element.replaceChildren(
        buildElement("h4", { class: "ls-detail-title", text: `How ${what} came about` }),
        buildElement("p", { text: sentence }),
        ...(reason && !sentence.includes(reason) ? [buildElement("p", { class: "ls-detail-note", text: reason })] : []),
        buildElement("div", {
          class: "ls-detail-account",
          children: [patchPicture(explanation.patch, content), account(explanation)],
        }),
      );
    },
    fail({ kind, reason, remedy }) {
      element.removeAttribute("aria-busy");
      if (kind === "cancelled") return;
      const cause = buildElement("p", { class: "ls-cause", text: reason });
      element.replaceChildren(cause, buildElement("p", { text: remedy }));
    },
  };
}

/** The sum as a table whose last column adds up; null where there is nothing to add. */
function account(explanation: PixelExplanation): HTMLElement | null {
  const { sum, bias, steps } = explanation;
  if (sum === null && steps.length === 0) return null;
  const contributions = pixelContributions(explanation, MOST);
  const { shown, rest } = contributions;
  const isAdded = shown.some(({ weights }) => weights !== null);
  const added = isAdded
    ? [...shown.map((one) => one.sum), ...(rest.count > 0 ? [rest.sum] : []), ...(bias === null ? [] : [bias])]
    : [];
  const figures = figuresThatAddUp(added, sum ?? explanation.value);
  const texts = figures.parts.slice(shown.length);
  const restText = rest.count > 0 ? (texts[0] ?? "") : "";
  const lines = [
    ...contributionRows(shown, isAdded ? figures : null),
    ...(rest.count > 0 && isAdded ? [line(`and ${rest.count.toLocaleString("en-US")} more`, restText)] : []),
    ...(bias !== null && isAdded ? [line("bias", texts.at(-1) ?? "")] : []),
    ...(sum !== null && shown.length > 0
      ? [line(isAdded ? "sum" : takenWords(explanation), figures.total, "ls-detail-total")]
      : []),
    ...steps.map((step) => stepLine(step, figures.write)),
  ];
  return buildElement("div", {
    class: "ls-detail-scroller",
    children: [buildElement("table", { class: "ls-detail-table", children: [readFrom(shown), ...lines] })],
  });
}

/** Which layer the channels are of; null where each line says it by itself. */
function readFrom([first, ...others]: readonly Contribution[]): HTMLElement | null {
  if (!first || others.some(({ source }) => source !== first.source)) return null;
  return buildElement("caption", { text: first.source === "input" ? "of the picture" : `of ${first.source}` });
}

/** Without weights one of the values is taken as it is. */
function takenWords({ terms, sum }: PixelExplanation): string {
  const values = terms.flatMap((one) => [...one.values].filter((_, at) => one.padded[at] !== 1));
  return values.some((value) => value > (sum ?? 0)) ? "the lowest" : "the highest";
}

function line(name: string, figure: string, kind = ""): HTMLElement {
  const head = buildElement("th", { text: name, attributes: { scope: "row", colspan: "4" } });
  return buildElement("tr", { class: kind, children: [head, buildElement("td", { class: "ls-value", text: figure })] });
}

function stepLine({ operation, formula, before, after }: PixelStep, write: (value: number) => string): HTMLElement {
  const words = buildElement("span", { class: "ls-detail-formula", text: `${formula}, x = ${write(before)}` });
  const head = buildElement("th", {
    attributes: { scope: "row", colspan: "4" },
    children: [buildElement("span", { text: operation }), words],
  });
  const figure = buildElement("td", { class: "ls-value", text: write(after) });
  return buildElement("tr", { class: "ls-detail-step", children: [head, figure] });
}
