import { ComputeError } from "../../errors.ts";
import type { ModelLayer } from "../model-layer.ts";
import type { FoundLayer } from "./found-layer.ts";
import { isInModule } from "./module-path.ts";

const CONVOLUTION = /Conv/;
const DENSE = /^(Gemm|FusedGemm|QGemm|MatMul|FusedMatMul|MatMulInteger|QLinearMatMul|MatMulNBits|Dense)$/;
const ATTENTION = /^(Attention|MultiHeadAttention|GroupQueryAttention|Softmax)$/;
/** What makes vectors of pictures. */
const VECTORS = /^(Global.*Pool.*|Flatten|Reshape|Squeeze|ReduceMean|ReduceMax)$/;
const DROPOUT = /Dropout$|^Identity$/;

/**
 * The layer after the last convolution, which Slideflow calls "postconv": what a network has made of a picture before
 * it decides. What has spatial axes left (the answer of a normalisation, say) is to be averaged over them.
 *
 * A layer named `post_convolution` is it. Else PyTorch's module paths tell the architecture, and it is what Slideflow's
 * table has for it (`slideflow/model/torch.py`): ResNet, Inception and GoogLeNet `avgpool`; AlexNet, SqueezeNet, VGG,
 * MobileNet and MNASNet the first child of `classifier` (VGG and MobileNetV3: a dense layer; the others: a dropout, so
 * what goes into it); DenseNet `features.norm5`; ShuffleNetV2 `conv5.1`; Xception `bn4`; ViT `to_latent`.
 *
 * Else the graph tells: before the last dense layer, the last step that makes vectors of pictures (a global pool, a
 * flattening), which gives the same numbers for the families above but for DenseNet, ShuffleNetV2 and Xception (after
 * the ReLU), VGG and MobileNetV3 (before the dense layer); with attention after the last convolution, what goes into
 * the last dense layer; without a dense layer (SqueezeNet), what goes into the last convolution.
 *
 * @throws ComputeError "input" for a graph that has neither convolutions nor dense layers.
 */
export function findPostconv(layers: readonly ModelLayer[]): FoundLayer {
  const layer = layers.find(({ name }) => /(^|\/)post_convolution$/.test(name)) ?? byModules(layers) ?? byGraph(layers);
  const output = layer?.outputs[0];
  if (layer && output) return { layer, output };
  throw new ComputeError(
    "input",
    'The model has no "postconv": it has no layer that comes after a convolution or before a dense layer.',
    "Name a layer of the layer table.",
  );
}

/** How many of the outermost modules may be the network. */
const MOST_PARTS = 8;

/** Modules by which an architecture is known, beside the one that tells; of several the first that has operators. */
const FAMILIES: readonly (readonly [also: readonly string[], take: readonly string[]])[] = [
  [["features.norm5"], ["features.norm5"]],
  [["block12"], ["bn4", "conv4"]],
  [
    ["stage4", "conv5"],
    ["conv5.1", "conv5.0"],
  ],
  [["layer4"], ["avgpool"]],
  [["Mixed_7c"], ["avgpool"]],
  [["inception5b"], ["avgpool"]],
  [["to_latent"], ["to_latent"]],
];

function byModules(layers: readonly ModelLayer[]): ModelLayer | undefined {
  // A network may itself be a part: "model.layer4", "backbone.layer4".
  const outer = new Set(layers.map(({ module }) => module.split(".")[0] ?? "").filter(Boolean));
  for (const prefix of ["", ...[...outer].slice(0, MOST_PARTS).map((name) => `${name}.`)]) {
    const has = (module: string) => layers.some((layer) => isInModule(layer.module, prefix + module));
    const last = (module: string) => layers.findLast((layer) => isInModule(layer.module, prefix + module));
    const into = (module: string) =>
      before(
        layers,
        layers.find((layer) => isInModule(layer.module, prefix + module)),
      );
    const [, take = []] = FAMILIES.find(([also]) => also.every(has)) ?? [];
    for (const module of take) if (has(module)) return last(module);
    if (has("mlp_head")) return into("mlp_head");
    const hasChildren = layers.some(({ module }) => module.startsWith(`${prefix}classifier.`));
    if (hasChildren && (has("features") || has("layers"))) return last("classifier.0") ?? into("classifier");
  }
  return undefined;
}

function byGraph(layers: readonly ModelLayer[]): ModelLayer | undefined {
  const lastConvolution = layers.findLastIndex(({ type }) => CONVOLUTION.test(type));
  const lastDense = layers.findLastIndex(({ type }) => DENSE.test(type));
  const head = layers[lastDense];
  if (lastDense < lastConvolution) return before(layers, layers[lastConvolution]);
  const attends = layers.slice(lastConvolution + 1, Math.max(lastDense, 0)).some(({ type }) => ATTENTION.test(type));
  if (attends) return before(layers, head);
  return vectorsBefore(layers, head) ?? before(layers, head);
}

/** The last step on the way to a layer that makes vectors of pictures, if a convolution comes before it. */
function vectorsBefore(layers: readonly ModelLayer[], layer: ModelLayer | undefined): ModelLayer | undefined {
  const seen = new Set<ModelLayer>();
  let found: ModelLayer | undefined;
  for (let at = before(layers, layer); at && !seen.has(at); at = before(layers, at)) {
    seen.add(at);
    if (CONVOLUTION.test(at.type)) return found;
    if (VECTORS.test(at.type)) found ??= at;
  }
  return undefined;
}

/** The layer whose answer a layer takes first, dropout left out. */
function before(layers: readonly ModelLayer[], layer: ModelLayer | undefined): ModelLayer | undefined {
  const name = layer?.inbound[0];
  const found = name === undefined ? undefined : layers.find((each) => each.name === name);
  return found && DROPOUT.test(found.type) ? (before(layers, found) ?? found) : found;
}
