// The widgets whose code waits until one of them is shown: a page that begins with a map or a mosaic, as most do, reads
// it only then.
import { activationsSpec } from "../widgets/activations/spec.ts";
import { boxPlotSpec } from "../widgets/box-plot/spec.ts";
import { featureMapGridSpec } from "../widgets/feature-map-grid/spec.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { modelTableSpec } from "../widgets/model-table/spec.ts";
import { saliencyOverlaySpec } from "../widgets/saliency-overlay/spec.ts";

export const activations = eraseProps(activationsSpec);
export const boxPlot = eraseProps(boxPlotSpec);
export const featureMapGrid = eraseProps(featureMapGridSpec);
export const modelTable = eraseProps(modelTableSpec);
export const saliencyOverlay = eraseProps(saliencyOverlaySpec);
