import { ComputeError } from "../../compute/errors.ts";
import { pageGlobal } from "../host/page-global.ts";
import type { ModelSource } from "./model-source.ts";

/** Models that readers have dropped on widgets or picked there, by the widget's id. They stay as long as the page. */
const dropped = () => pageGlobal("dropped-models", () => new Map<string, ModelSource>());

/** Keep a model that a reader gave to a widget, so that others on the page can use it. */
export function keepDropped(widget: string, model: ModelSource): void {
  dropped().set(widget, model);
}

/** @throws {ComputeError} "input" where that widget was given none on this page. */
export function droppedModel(widget: string): ModelSource {
  const model = dropped().get(widget);
  if (model) return model;
  throw new ComputeError(
    "input",
    "No model has been dropped here yet.",
    "Drop its file on the table, or choose it there.",
  );
}
