import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type ModelTableProps, modelTableDefaults } from "./props.ts";
import { ModelTableSession } from "./session.ts";

/** A trained model: its layers as a table, and how pictures are prepared for it. */
export const modelTableSpec: WidgetSpec<ModelTableProps> = {
  name: "model",
  defaults: modelTableDefaults,
  accept: acceptProps,
  open: (props, host) => new ModelTableSession(props, host),
};
