import type { Preprocessing } from "../compute/features/preprocess/preprocessing.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { newId } from "../widgets/host/new-id.ts";
import { askElement, type ObservableOptions, observable } from "../widgets/host/observable.ts";
import { modelTableSpec } from "../widgets/model-table/spec.ts";
import { latestDropped } from "../widgets/models/dropped-models.ts";
import type { ElementWithoutMap } from "./element-without-map.ts";
import { Model } from "./model.ts";
import type { ModelTableInput } from "./model-table-input.ts";

/** A layer table as an element: `display(element)` or `view(element)` in Observable, `append(element)` anywhere else. */
export interface ModelTableElement extends ElementWithoutMap {
  /**
   * The model that is open, as a reader has set its pictures' preparation; null before there is one. `input` events tell of
   * changes.
   */
  readonly value: Model | null;
  /** Change what was given: another model, or another title. */
  update(changed: ModelTableInput): void;
  /** The layer table as text, as Keras prints it, with the totals; waits for a model. */
  summary(): Promise<string>;
  /** Save a file ("csv", "txt", "png", "svg", "pdf"): it is downloaded, and given back. */
  save(format: string, options?: Readonly<Record<string, unknown>>): Promise<Blob>;
}

/** Serve a layer table as an element. */
export function makeModelTable(input: ModelTableInput, options: ObservableOptions): ModelTableElement {
  const shares = newId();
  let value: Model | null = null;
  /** Which change was last: those before it need not be told of any more. */
  let latest = 0;
  const follow = async (): Promise<void> => {
    const mine = ++latest;
    const { header } = await askElement(element, "facts");
    const declared = (header.preprocessing as Preprocessing | null) ?? {};
    const model = await Model.of(latestDropped(shares), declared);
    if (mine !== latest) return;
    value = model;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // What can't be had is told of in the widget.
  const tell = (): void => void follow().catch(() => undefined);
  const element = observable(eraseProps(modelTableSpec), { shares, ...propsOf(input) }, { ...options, tell });
  const { update } = element;
  return Object.defineProperties(element, {
    value: { get: () => value },
    summary: { value: async () => String((await askElement(element, "summary")).header.text) },
    update: { value: (changed: ModelTableInput) => update(propsOf(changed)) },
  }) as unknown as ModelTableElement;
}

function propsOf({ model, ...others }: ModelTableInput): Record<string, unknown> {
  if (model === undefined) return others;
  if (model === null) return { ...others, model: null, preprocessing: null, classes: null };
  return { ...others, model: model.source, preprocessing: model.declared, classes: model.classes };
}
