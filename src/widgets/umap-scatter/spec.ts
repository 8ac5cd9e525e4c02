import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type UmapScatterProps, umapScatterDefaults } from "./props.ts";
import { ScatterSession } from "./session.ts";

/** The map of which rows are alike: UMAP of activations, or coordinates computed elsewhere. */
export const umapScatterSpec: WidgetSpec<UmapScatterProps> = {
  name: "umap-scatter",
  defaults: umapScatterDefaults,
  accept: acceptProps,
  open: (props, host) => new ScatterSession(props, host),
};
