import { eraseProps } from "../widgets/host/erase-props.ts";
import { newId } from "../widgets/host/new-id.ts";
import { askElement, type ObservableOptions, observable, type WidgetElement } from "../widgets/host/observable.ts";
import { modelTableSpec } from "../widgets/model-table/spec.ts";
import type { ModelTableInput } from "./model-table-input.ts";

/** Members of a map's element that a table of layers has no use for. */
type MapMembers =
  | "addRows"
  | "pause"
  | "step"
  | "resume"
  | "transform"
  | "quality"
  | "embedding"
  | "value"
  | "rowCount"
  | "update";

/** A layer table as an element: `display(element)` in Observable, `append(element)` anywhere else. */
export interface ModelTableElement extends Omit<WidgetElement, MapMembers> {
  /** Change what was given: another model, or another title. */
  update(changed: ModelTableInput): void;
  /** The layer table as text, as Keras prints it, with the totals. */
  summary(): Promise<string>;
  /** Save a file ("csv", "txt", "png", "svg", "pdf"): it is downloaded, and given back. */
  save(format: string, options?: Readonly<Record<string, unknown>>): Promise<Blob>;
}

/** Serve a layer table as an element. */
export function makeModelTable(input: ModelTableInput, options: ObservableOptions): ModelTableElement {
  const element = observable(eraseProps(modelTableSpec), { shares: newId(), ...propsOf(input) }, options);
  const { update } = element;
  return Object.defineProperties(element, {
    summary: { value: async () => String((await askElement(element, "summary")).header.text) },
    update: { value: (changed: ModelTableInput) => update(propsOf(changed)) },
  }) as unknown as ModelTableElement;
}

function propsOf({ model, ...others }: ModelTableInput): Record<string, unknown> {
  if (model === undefined) return others;
  if (model === null) return { ...others, model: null, preprocessing: null, classes: null };
  return { ...others, model: model.source, preprocessing: model.declared, classes: model.classes };
}
