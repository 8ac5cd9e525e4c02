import { buildElement, setText } from "../../chrome/build-element.ts";
import type { Faithfulness } from "../data/shown-saliency.ts";
import { JUDGE_STEPS } from "../judging.ts";
import { faithfulnessChart } from "../plot/faithfulness-chart.ts";
import { formatArea } from "./overlay-words.ts";

export interface EraserOptions {
  /** It was touched for the first time: what it needs is to be computed. */
  onTouch(): void;
  /** A step of it was reached. */
  onStep(step: number): void;
}

export interface Eraser {
  readonly element: HTMLElement;
  /** Of how many steps it stands at which. */
  readonly step: number;
  setStep(step: number): void;
  /** Of which map it is; null: none that could be judged. `judged` null: not yet. */
  show(map: { readonly name: string; readonly judged: Faithfulness | null } | null): void;
}

/** A slider that takes a map's most salient places out of its picture, and the curves of what becomes of the class. */
export function eraser(options: EraserOptions, signal: AbortSignal): Eraser {
  const title = buildElement("span", { text: "Erase" });
  const number = buildElement("span", { class: "ls-class-share" });
  const track = buildElement("input", {
    class: "ls-field-track",
    attributes: {
      type: "range",
      min: "0",
      max: String(JUDGE_STEPS),
      step: "1",
      value: "0",
      "aria-label": "Erase the most salient places",
      title: "Blur away the most salient places, and see what becomes of the class",
      // JupyterLab takes arrow keys from whatever has the focus itself; the frame around it is asked too late.
      "data-lm-suppress-shortcuts": "true",
    },
  });
  const chart = buildElement("div", { class: "ls-curves-holder" });
  const areas = buildElement("dl", { class: "ls-curve-areas" });
  const element = buildElement("div", {
    class: "ls-eraser",
    children: [buildElement("div", { class: "ls-eraser-head", children: [title, number] }), track, chart, areas],
  });
  element.hidden = true;
  let judged: Faithfulness | null = null;
  let step = 0;
  let width = 0;
  const follow = (): void => {
    const most = judged ? judged.shares.length - 1 : JUDGE_STEPS;
    const percent = Math.round((100 * step) / most);
    track.max = String(most);
    track.value = String(step);
    track.style.setProperty("--ls-share", `${percent}%`);
    track.setAttribute("aria-valuetext", `${percent} % of the picture`);
    setText(number, `${percent} %`);
    drawChart();
  };
  const drawChart = (): void => {
    chart.hidden = judged === null;
    areas.hidden = judged === null;
    if (!judged || width === 0) return;
    const label = `The class's probability: deletion ${formatArea(judged.deletionArea)}, insertion ${formatArea(judged.insertionArea)}`;
    chart.replaceChildren(faithfulnessChart(judged, step, width, label));
    areas.replaceChildren(
      ...areaOf("deletion", judged.deletionArea, "The area under the line: of a faithful map it is small"),
      ...areaOf("insertion", judged.insertionArea, "The area under the dashed line: of a faithful map it is large"),
    );
  };
  const touch = (): void => {
    if (!judged) options.onTouch();
  };
  track.addEventListener("pointerdown", touch, { signal });
  track.addEventListener(
    "input",
    () => {
      touch();
      step = Number(track.value);
      follow();
      options.onStep(step);
    },
    { signal },
  );
  const observer = new ResizeObserver(() => {
    if (element.clientWidth === 0 || element.clientWidth === width) return;
    width = element.clientWidth;
    drawChart();
  });
  observer.observe(element);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
  return {
    element,
    get step() {
      return step;
    },
    setStep(to) {
      step = to;
      follow();
    },
    show(map) {
      element.hidden = map === null;
      judged = map?.judged ?? null;
      element.setAttribute("aria-label", map ? `Eraser of ${map.name}` : "Eraser");
      follow();
    },
  };
}

function areaOf(kind: string, area: number, help: string): readonly HTMLElement[] {
  const mark = buildElement("span", {
    class: `ls-curve-key ls-curve-key-${kind}`,
    attributes: { "aria-hidden": "true" },
  });
  return [
    buildElement("dt", { attributes: { title: help }, children: [mark, buildElement("span", { text: kind })] }),
    buildElement("dd", { text: formatArea(area) }),
  ];
}
