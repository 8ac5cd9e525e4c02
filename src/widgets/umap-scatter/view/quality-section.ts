import type { Quality } from "../../../compute/umap/quality/measure-quality.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { ScatterSession } from "../session.ts";

export interface QualitySection {
  readonly element: HTMLElement;
  update(): void;
}

/** Under the settings: how far the map can be believed, measured when asked for, and the rows coloured by it. */
export function qualitySection(session: ScatterSession): QualitySection {
  const figures = buildElement("dl", { class: "ls-quality-figures" });
  const note = buildElement("p", { class: "ls-quality-note" });
  const measure = action("Measure", () => void session.quality.measure());
  const cancel = action("Cancel", () => session.quality.cancel());
  const color = action("Colour by neighbours kept", () => session.colors.showQuality(!session.colors.isByQuality));
  const element = buildElement("section", {
    class: "ls-quality",
    attributes: { "aria-label": "Quality" },
    children: [
      buildElement("h3", { class: "ls-legend-title", text: "Quality" }),
      figures,
      note,
      buildElement("div", { class: "ls-quality-actions", children: [measure, cancel, color] }),
    ],
  });

  const update = (): void => {
    const { result, share, error, isPossible } = session.quality;
    element.hidden = !isPossible && share === null;
    measure.hidden = result !== null || share !== null;
    cancel.hidden = share === null;
    color.hidden = result === null;
    color.textContent = session.colors.isByQuality ? "Colour as before" : "Colour by neighbours kept";
    figures.replaceChildren(...(result ? figureRows(session) : []));
    if (error) note.textContent = `${error.reason} ${error.remedy}`.trim();
    else if (share !== null) note.textContent = `Comparing rows, ${Math.round(share * 100)} %`;
    else if (result) note.textContent = describeMeasured(result, session.count);
    else note.textContent = "How far rows drawn near each other are alike.";
  };
  update();
  return { element, update };
}

/** "5,000 of 20,000 rows by chance, each with its 15 nearest of all." */
function describeMeasured({ rows, k }: Quality, all: number): string {
  return rows === all
    ? `${formatCount(rows)} rows, each with its ${k} nearest.`
    : `${formatCount(rows)} of ${formatCount(all)} rows by chance, each with its ${k} nearest of all.`;
}

function figureRows({ quality, recall }: ScatterSession): HTMLElement[] {
  const { result } = quality;
  if (!result) return [];
  const rows: readonly (readonly [string, number, string])[] = [
    ["Trustworthiness", result.trustworthiness, "1: rows drawn near each other are near in the data."],
    ["Continuity", result.continuity, "1: rows near in the data are drawn near each other."],
    ["Neighbours kept", result.preservation, "Share of the nearest rows that are still the nearest on the map."],
    ["Neighbour recall", recall, "Share of the true neighbours that the search found; 1 where it is exact."],
  ];
  return rows.flatMap(([name, value, help]) => [
    buildElement("dt", { text: name, attributes: { title: help } }),
    buildElement("dd", { text: value.toFixed(3), attributes: { title: help } }),
  ]);
}

function action(text: string, run: () => void): HTMLButtonElement {
  const button = buildElement("button", { class: "ls-action", text, attributes: { type: "button" } });
  button.addEventListener("click", run);
  return button;
}
