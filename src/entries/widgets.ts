import { activationsSpec } from "../widgets/activations/spec.ts";
import { boxPlotSpec } from "../widgets/box-plot/spec.ts";
import { featureMapGridSpec } from "../widgets/feature-map-grid/spec.ts";
import type { WidgetTable } from "../widgets/host/afm.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { modelTableSpec } from "../widgets/model-table/spec.ts";
import { mosaicSpec } from "../widgets/mosaic/spec.ts";
import { saliencyOverlaySpec } from "../widgets/saliency-overlay/spec.ts";
import { umapScatterSpec } from "../widgets/umap-scatter/spec.ts";

/** Every widget of this build, by the name that Python writes. */
export const widgets: WidgetTable = {
  [umapScatterSpec.name]: eraseProps(umapScatterSpec),
  [mosaicSpec.name]: eraseProps(mosaicSpec),
  [boxPlotSpec.name]: eraseProps(boxPlotSpec),
  [activationsSpec.name]: eraseProps(activationsSpec),
  [modelTableSpec.name]: eraseProps(modelTableSpec),
  [featureMapGridSpec.name]: eraseProps(featureMapGridSpec),
  [saliencyOverlaySpec.name]: eraseProps(saliencyOverlaySpec),
};
