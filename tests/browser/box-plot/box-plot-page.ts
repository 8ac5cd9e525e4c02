import { type BoxPlotElement, makeBoxPlot } from "../../../src/entries/box-plot-element.ts";
import type { BoxPlotInput } from "../../../src/entries/box-plot-input.ts";
import { UnitStatistics } from "../../../src/entries/unit-statistics.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
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

const page = {
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
