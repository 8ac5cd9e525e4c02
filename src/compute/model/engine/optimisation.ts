/**
 * How far the engine may rewrite a graph with several answers. With "all", onnxruntime-web 1.30 fuses a convolution with the
 * addition behind it also where the convolution's own answer is an output of the graph, and has nothing to give for it (seen
 * in NASNet).
 */
export const OPTIMISATION = "extended";

/** How far on the CPU where there is one answer, behind which nothing stands: 4 % of ResNet-18's and MobileNetV2's time. */
export const OPTIMISATION_OF_ONE = "all";
