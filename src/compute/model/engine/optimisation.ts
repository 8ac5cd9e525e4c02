/**
 * How far the engine may rewrite a graph. With "all", onnxruntime-web 1.30 fuses a convolution with the addition behind it also
 * where the convolution's own answer is an output of the graph, and has nothing to give for it (seen in NASNet).
 */
export const OPTIMISATION = "extended";
