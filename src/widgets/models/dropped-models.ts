import { ComputeError } from "../../compute/errors.ts";
import { version } from "../../version.ts";
import { pageGlobal } from "../host/page-global.ts";
import type { ModelSource } from "./model-source.ts";

/** Of one widget: a browser holds their files by name, not by content. */
const MOST_KEPT = 8;

/** Models that were open in widgets which share them, by the widget's id, then by the model's key, the latest last. */
const kept = () => pageGlobal(`dropped-models@${version}`, () => new Map<string, Map<string, ModelSource>>());

/** Keep a model that is open in a widget, so that others on the page can use it. */
export function keepDropped(widget: string, model: ModelSource): void {
  const models = kept().get(widget) ?? new Map<string, ModelSource>();
  kept().set(widget, models);
  models.delete(model.key);
  models.set(model.key, model);
  for (const key of models.keys()) if (models.size > MOST_KEPT) models.delete(key);
}

/** What is open in a widget. @throws {ComputeError} "input" where there was nothing on this page. */
export function latestDropped(widget: string): ModelSource {
  const model = [...(kept().get(widget)?.values() ?? [])].at(-1);
  if (model) return model;
  throw new ComputeError(
    "input",
    "No model has been dropped here yet.",
    "Drop its file on the table, or choose it there, then run this cell again.",
  );
}

/**
 * A model that was dropped on a widget, whatever was dropped there since. It is looked for when its files are read, which
 * throws "input" where this page does not have it: dropped again, it is found.
 */
export function droppedModel(widget: string, key: string, name: string): ModelSource {
  const model = () => kept().get(widget)?.get(key);
  return {
    key,
    name,
    get files() {
      const found = model();
      if (found) return found.files;
      throw new ComputeError(
        "input",
        `${name} was dropped on a table, and this page does not have it any more.`,
        "Drop it there again, then run this cell again.",
      );
    },
    get backend() {
      return model()?.backend;
    },
    get shape() {
      return model()?.shape;
    },
    get classes() {
      return model()?.classes;
    },
  };
}
