import type { WidgetElement } from "../widgets/host/observable.ts";

/** An element of a widget that has no map, and whose value is not what rows are selected. */
export type ElementWithoutMap = Omit<
  WidgetElement,
  "addRows" | "pause" | "step" | "resume" | "transform" | "quality" | "embedding" | "value" | "rowCount" | "update"
>;
