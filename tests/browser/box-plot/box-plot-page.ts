import { ComputeError } from "../../../src/compute/errors.ts";
import { type BoxPlotElement, makeBoxPlot } from "../../../src/entries/box-plot-element.ts";
import type { BoxPlotInput } from "../../../src/entries/box-plot-input.ts";
import { UnitStatistics } from "../../../src/entries/unit-statistics.ts";
import { type ChosenUnits, unpackBoxes } from "../../../src/widgets/box-plot/data/saved-boxes.ts";
import { acceptProps } from "../../../src/widgets/box-plot/props.ts";
import { boxPlotSpec } from "../../../src/widgets/box-plot/spec.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { link, observable, type WidgetElement } from "../../../src/widgets/host/observable.ts";
import { umapScatterSpec } from "../../../src/widgets/umap-scatter/spec.ts";
import { plantedUnits } from "../../support/planted-units.ts";

const load = async () => ({});
const loadPage = async () => ({ standalone: "", blocks: {} });
let end: () => void = () => undefined;
const invalidation = new Promise<void>((resolve) => {
  end = resolve;
});

function show<Element extends HTMLElement>(element: Element): Element {
  document.getElementById("root")?.append(element);
  return element;
}

const shown: BoxPlotElement[] = [];

/** Box plots whose values can't be had any more, beside the picture that was saved of them. */
async function reopen(): Promise<void> {
  const written = inlineProps({ ...plantedUnits() });
  const { signal } = new AbortController();
  const nothing = () => undefined;
  const host = {
    signal,
    report: nothing,
    keep: nothing,
    load,
    download: nothing,
    again: "Run the cell to compute again.",
  };
  let saved = new Uint8Array();
  const keep = (picture: Uint8Array<ArrayBuffer>) => {
    saved = picture;
  };
  await boxPlotSpec.open(acceptProps(written), { ...host, keep }).ready;
  const read = () => Promise.reject(new ComputeError("lost", "Python has stopped."));
  const values = { key: "gone", shape: [360, 12], bytes: 17_280, read };
  const session = boxPlotSpec.open(acceptProps({ ...written, values, saved }), host);
  const root = document.createElement("div");
  document.getElementById("root")?.append(root);
  session.mount(root, signal);
  await session.ready;
}

/** What an exported page keeps of a reader's choice. */
function chosenIn(html: string): ChosenUnits {
  const state = new DOMParser().parseFromString(html, "text/html").getElementById("ls-state")?.textContent ?? "";
  const { $bytes } = JSON.parse(state).models.widget._saved;
  return unpackBoxes(Uint8Array.from(atob($bytes), (letter) => letter.charCodeAt(0))).chosen;
}

const page = {
  reopen,
  chosenIn,
  shown,
  plantedUnits,
  link: (...elements: readonly HTMLElement[]) => link(...(elements as WidgetElement[])),
  UnitStatistics,
  end: () => end(),
  boxPlot: (input: BoxPlotInput) => show(makeBoxPlot(input, { invalidation, load, loadPage })),
  map: (input: Readonly<Record<string, unknown>>) =>
    show(observable(eraseProps(umapScatterSpec), input, { invalidation, load, loadPage })),
};

declare global {
  var boxPlotPage: typeof page;
}
globalThis.boxPlotPage = page;
