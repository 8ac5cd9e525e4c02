import type { WidgetSpec } from "../host/contract.ts";
import { acceptProps, type FeatureMapGridProps, featureMapGridDefaults } from "./props.ts";
import { FeatureMapGridSession } from "./session.ts";

/** What every channel of a model's layers answers to a picture. */
export const featureMapGridSpec: WidgetSpec<FeatureMapGridProps> = {
  name: "feature-map-grid",
  defaults: featureMapGridDefaults,
  accept: acceptProps,
  open: (props, host) => new FeatureMapGridSession(props, host),
};
