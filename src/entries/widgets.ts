import type { WidgetTable } from "../widgets/host/afm.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { mosaicSpec } from "../widgets/mosaic/spec.ts";
import { umapScatterSpec } from "../widgets/umap-scatter/spec.ts";

const later = () => import("./later-widgets.ts");

/** Every widget of this build, by the name that Python writes. */
export const widgets: WidgetTable = {
  "umap-scatter": eraseProps(umapScatterSpec),
  mosaic: eraseProps(mosaicSpec),
  "box-plot": async () => (await later()).boxPlot,
  activations: async () => (await later()).activations,
  model: async () => (await later()).modelTable,
  "feature-map-grid": async () => (await later()).featureMapGrid,
  "saliency-overlay": async () => (await later()).saliencyOverlay,
};
