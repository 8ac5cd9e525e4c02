/** Slideflow's `slideflow.grad.plot_utils`: colours and overlays as bytes, and pictures beside their maps as elements. */
export {
  type ComparisonPlotOptions,
  comparisonPlot,
  type MultiPlotOptions,
  multiPlot,
  type PlotOptions,
  type PlottedMap,
  type PlottedPicture,
  type SaliencyFunction,
  type SaliencyMapComparisonOptions,
  saliencyMapComparison,
} from "./plot-comparisons.ts";
export { type ColoredNumbers, inferno, type OverlaidPicture, oranges, overlay } from "./plot-pixels.ts";
