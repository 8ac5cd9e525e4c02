import { ACTIVATION_LAYERS } from "./activations.ts";
import { emitCustomScale, emitLambda, emitLayerScale, isScaledSum } from "./applications.ts";
import { emitDotAttention, emitGroupedAttention, emitMultiHeadAttention } from "./attention.ts";
import { emitBatchNormalization } from "./batch-normalization.ts";
import { emitConvolution, emitDepthwise, emitSeparable } from "./convolution.ts";
import { emitDense, emitEinsumDense } from "./dense.ts";
import { emitEmbedding } from "./embedding.ts";
import { answer, anyInput, type Emitter } from "./layer-call.ts";
import { emitDot, emitMerge } from "./merging.ts";
import {
  emitGroupNormalization,
  emitLayerNormalization,
  emitRmsNormalization,
  emitUnitNormalization,
} from "./normalization.ts";
import { emitOldOperation, functionOf, knowsFunction } from "./old-operations.ts";
import { operationOf } from "./operations.ts";
import { emitGlobalPooling, emitPooling } from "./pooling.ts";
import { emitCropping, emitFlatten, emitPermute, emitRepeatVector, emitZeroPadding } from "./reshaping.ts";
import { emitCenterCrop, emitResizing, emitUpSampling } from "./resizing.ts";
import { emitNormalization, emitRescaling } from "./scaling.ts";
import { emitTimeDistributed, wrappedLayer } from "./time-distributed.ts";
import { emitTransposedConvolution } from "./transposed-convolution.ts";

const identity: Emitter = (call) => answer(anyInput(call));

/** Layers that do something in training alone. */
const AS_THEY_ARE = [
  "InputLayer",
  "Identity",
  "ActivityRegularization",
  "Dropout",
  "SpatialDropout1D",
  "SpatialDropout2D",
  "SpatialDropout3D",
  "AlphaDropout",
  "GaussianDropout",
  "GaussianNoise",
  "StochasticDepth",
  "AugMix",
  "CutMix",
  "MixUp",
  "RandAugment",
  "RandomBrightness",
  "RandomColorDegeneration",
  "RandomColorJitter",
  "RandomContrast",
  "RandomElasticTransform",
  "RandomErasing",
  "RandomFlip",
  "RandomGaussianBlur",
  "RandomGrayscale",
  "RandomHeight",
  "RandomHue",
  "RandomInvert",
  "RandomPerspective",
  "RandomPosterization",
  "RandomRotation",
  "RandomSaturation",
  "RandomSharpness",
  "RandomShear",
  "RandomTranslation",
  "RandomWidth",
  "RandomZoom",
];

/** What writes a layer, by its class in the file. */
const EMITTERS: Readonly<Record<string, Emitter>> = {
  ...Object.fromEntries(AS_THEY_ARE.map((className) => [className, identity])),
  ...ACTIVATION_LAYERS,
  Attention: emitDotAttention,
  Average: emitMerge,
  AveragePooling1D: emitPooling,
  AveragePooling2D: emitPooling,
  AveragePooling3D: emitPooling,
  BatchNormalization: emitBatchNormalization,
  // Keras 2.2 and earlier had classes of their own for it.
  BatchNormalizationV1: emitBatchNormalization,
  BatchNormalizationV2: emitBatchNormalization,
  CenterCrop: emitCenterCrop,
  Conv1D: emitConvolution,
  Conv1DTranspose: emitTransposedConvolution,
  Conv2D: emitConvolution,
  Conv2DTranspose: emitTransposedConvolution,
  Conv3D: emitConvolution,
  Conv3DTranspose: emitTransposedConvolution,
  Cropping1D: emitCropping,
  Cropping2D: emitCropping,
  Cropping3D: emitCropping,
  CustomScaleLayer: emitCustomScale,
  Dense: emitDense,
  DepthwiseConv1D: emitDepthwise,
  DepthwiseConv2D: emitDepthwise,
  Dot: emitDot,
  EinsumDense: emitEinsumDense,
  Embedding: emitEmbedding,
  Flatten: emitFlatten,
  GlobalAveragePooling1D: emitGlobalPooling,
  GlobalAveragePooling2D: emitGlobalPooling,
  GlobalAveragePooling3D: emitGlobalPooling,
  GlobalMaxPooling1D: emitGlobalPooling,
  GlobalMaxPooling2D: emitGlobalPooling,
  GlobalMaxPooling3D: emitGlobalPooling,
  GroupedQueryAttention: emitGroupedAttention,
  GroupQueryAttention: emitGroupedAttention,
  GroupNormalization: emitGroupNormalization,
  Lambda: emitLambda,
  LayerNormalization: emitLayerNormalization,
  LayerScale: emitLayerScale,
  MaxPooling1D: emitPooling,
  MaxPooling2D: emitPooling,
  MaxPooling3D: emitPooling,
  MultiHeadAttention: emitMultiHeadAttention,
  Normalization: emitNormalization,
  Permute: emitPermute,
  RMSNormalization: emitRmsNormalization,
  RepeatVector: emitRepeatVector,
  Rescaling: emitRescaling,
  Resizing: emitResizing,
  SeparableConv1D: emitSeparable,
  SeparableConv2D: emitSeparable,
  SyncBatchNormalization: emitBatchNormalization,
  UnitNormalization: emitUnitNormalization,
  UpSampling1D: emitUpSampling,
  UpSampling2D: emitUpSampling,
  UpSampling3D: emitUpSampling,
  ZeroPadding1D: emitZeroPadding,
  ZeroPadding2D: emitZeroPadding,
  ZeroPadding3D: emitZeroPadding,
};

/** Layers in wrappers in wrappers. */
const DEEPEST_WRAP = 4;

const OLD_OPERATIONS = new Set(["TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"]);

/** What writes a layer of this class and configuration; undefined for what is not converted. */
export function emitterOf(
  className: string,
  config: Readonly<Record<string, unknown>>,
  wrapped = 0,
): Emitter | undefined {
  const bare = bareClassName(className);
  if (bare === "TimeDistributed") {
    const inner = wrapped < DEEPEST_WRAP ? wrappedLayer(config) : null;
    const emitter = inner ? emitterOf(inner.className, inner.config, wrapped + 1) : undefined;
    return emitter && ((call) => emitTimeDistributed(call, emitter));
  }
  if (OLD_OPERATIONS.has(bare)) return knowsFunction(functionOf(bare, config)) ? emitOldOperation : undefined;
  if (bare === "Lambda") return isScaledSum(String(config.name)) ? emitLambda : undefined;
  return Object.hasOwn(EMITTERS, bare) ? EMITTERS[bare] : operationOf(bare);
}

/** The class without the "Custom>" that Keras 2 puts before those of its own that it has to be told of. */
export function bareClassName(className: string): string {
  return className.replace(/^Custom>(?=(LayerScale|StochasticDepth|CustomScaleLayer)$)/, "");
}

/** The class as Keras' summary names it: this one is written by the name that it is imported by. */
export function typeOfLayer(className: string): string {
  return className === "GroupQueryAttention" ? "GroupedQueryAttention" : bareClassName(className);
}
