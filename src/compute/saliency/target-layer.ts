import { ComputeError } from "../errors.ts";
import { findLayer } from "../model/layers/find-layer.ts";
import { findPostconv } from "../model/layers/find-postconv.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import { layOutMaps, type MapLayout, mapsOf } from "../model/layers/lay-out-maps.ts";
import type { ChannelAxis, ModelLayer } from "../model/model-layer.ts";
import type { LayerAnswer } from "./differentiable.ts";
import { tokensBeforeAttention } from "./tokens-before-attention.ts";

/**
 * The layer that Grad-CAM looks at: unless one is wanted, the last with a map before the head. Tokens of a transformer count
 * as a map where they make a square, with or without a class token; where the head reads the class token alone, the tokens
 * that the last attention takes, for what comes after it doesn't pass from token to token.
 *
 * @param layers - With their shapes.
 * @param wanted - As `findLayer` takes it.
 * @throws ComputeError "input" for a layer without a map, and where no layer has one.
 */
export function targetLayer(layers: readonly ModelLayer[], wanted?: string | number): FoundLayer {
  const found = wanted === undefined ? lastWithMap(layers) : findLayer(layers, wanted);
  if (found && hasMap(found)) return found;
  if (!found)
    throw new ComputeError(
      "input",
      "No layer of the model answers with a map, so that Grad-CAM has nothing to show.",
      "Take another method, such as integrated_gradients.",
    );
  const instead = lastWithMap(layers);
  throw new ComputeError(
    "input",
    `The layer "${found.layer.name}" answers with ${shapeText(found)}, not with a map, so that Grad-CAM has nothing to show.`,
    instead ? `Take a layer with a map, such as "${instead.layer.name}".` : "",
  );
}

/**
 * A layer's answer to a picture as Grad-CAM takes it: channel first, without a class token.
 *
 * @param dims - Of both, as they lie in the graph, with the batch.
 */
export function layerAnswer(
  found: FoundLayer,
  dims: readonly number[],
  {
    activations,
    gradients,
    score,
  }: Readonly<Record<"activations" | "gradients", Float32Array<ArrayBuffer>>> & {
    readonly score: number;
  },
): LayerAnswer {
  const layout = mapLayout(found, dims);
  const { channels, height, width } = layout;
  return {
    activations: mapsOf(activations, layout),
    gradients: mapsOf(gradients, layout),
    channels,
    height,
    width,
    score,
  };
}

function mapLayout({ layer, output }: FoundLayer, dims: readonly number[]): MapLayout {
  const own = dims.slice(1);
  return layOutMaps({ layer: layer.name, channels: output.channels ?? likelyAxis(own) }, dims, dims[0] ?? 1);
}

/** Of a map whose axes got lost in new shapes, as Swin's: a network has far more channels than places a side near its end. */
function likelyAxis(own: readonly number[]): ChannelAxis {
  const [first = 0, , last = 0] = own;
  if (own.length !== 3) return null;
  return last > first ? "last" : "first";
}

function lastWithMap(layers: readonly ModelLayer[]): FoundLayer | null {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const seen = new Set<ModelLayer>();
  let at: ModelLayer | undefined = findPostconv(layers).layer;
  while (at && !seen.has(at)) {
    seen.add(at);
    const found: FoundLayer | null = answerOf(at);
    if (found && hasMap(found)) return classTokensOf(found) > 0 ? tokensBeforeAttention(layers, found) : found;
    at = byName.get(at.inbound[0] ?? "");
  }
  return layers.flatMap((layer) => answerOf(layer) ?? []).findLast(hasMap) ?? null;
}

function answerOf(layer: ModelLayer): FoundLayer | null {
  const [output] = layer.outputs;
  return output ? { layer, output } : null;
}

/** Maps have two sides and channels; of tokens there are as many as places in a square. */
function hasMap(found: FoundLayer): boolean {
  const own = ownSizes(found);
  if (own?.length === 3) return own.filter((size) => size > 1).length > 1;
  if (own?.length !== 2) return false;
  const { height, width } = mapLayout(found, [1, ...own]);
  return height === width && height > 1;
}

function classTokensOf(found: FoundLayer): number {
  const own = ownSizes(found);
  return own?.length === 2 ? mapLayout(found, [1, ...own]).skipped : 0;
}

/** Without the batch; null where they are not known. */
function ownSizes({ output: { shape } }: FoundLayer): readonly number[] | null {
  const own = shape?.slice(1) ?? [null];
  const known = own.filter((size) => size !== null);
  return known.length === own.length ? known : null;
}

function shapeText(found: FoundLayer): string {
  const own = ownSizes(found);
  if (!own) return "what has no fixed size";
  return own.length === 1
    ? `${own[0]?.toLocaleString("en")} numbers`
    : own.map((size) => size.toLocaleString("en")).join(" × ");
}
