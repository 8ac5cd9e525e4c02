import { explainPixel } from "../../../../src/compute/feature-maps/explain/explain-pixel.ts";
import { LayerGraph } from "../../../../src/compute/feature-maps/explain/layer/layer-graph.ts";
import { LayerRun } from "../../../../src/compute/feature-maps/explain/layer/layer-run.ts";
import type { PixelExplanation, PixelTerms } from "../../../../src/compute/feature-maps/explain/pixel-explanation.ts";
import { GraphSession } from "../../../../src/compute/model/engine/graph-session.ts";
import type { Feed } from "../../../../src/compute/model/engine/tensor-values.ts";
import { convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import type { MapLayout } from "../../../../src/compute/model/layers/lay-out-maps.ts";
import { onnxLayers } from "../../../../src/compute/model/layers/onnx-layers.ts";
import type { LoadedModel } from "../../../../src/compute/model/loaded-model.ts";
import { moveWeights } from "../../../../src/compute/model/onnx/move-weights.ts";
import type { OnnxModel } from "../../../../src/compute/model/onnx/onnx-model.ts";
import { cutGraph } from "../../../../src/compute/model/onnx/write/cut-graph.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { inputsOf, type KerasCase, modelOf } from "../../model/keras-convert/keras-goldens.ts";
import { nodeEngine } from "../../model-engine/node-engine.ts";

/** A model and what it is shown. */
export interface Shown {
  readonly model: LoadedModel;
  readonly feeds: readonly Feed[];
}

/** A graph of ONNX operators as a file of it is read. */
export function shownGraph(onnx: OnnxModel, feeds: readonly Feed[]): Shown {
  const layers = onnxLayers(onnx);
  const rest = { name: "small.onnx", version: "", layers, notes: [], beside: new Map() };
  return { model: { format: "onnx", ...rest, onnx, file: writeOnnx(onnx) }, feeds };
}

/** A Keras network of the golden files, with its own pictures. */
export function shownKeras(net: KerasCase): Shown {
  const { onnx: converted, layers, notes, inputs } = convertKeras(modelOf(net));
  const { model: onnx, beside } = moveWeights(converted);
  const tensors = inputsOf(net);
  const feeds = inputs.map(({ tensor }, place): Feed => {
    const { dims = [], data = [] } = tensors[place] ?? {};
    const type = onnx.graph.inputs.find(({ name }) => name === tensor)?.type ?? 1;
    return { name: tensor, type, dims, values: Float32Array.from(data as ArrayLike<number>, Number) };
  });
  return {
    model: { format: "keras", name: net.name, version: "", onnx, file: writeOnnx(onnx), beside, layers, notes },
    feeds,
  };
}

/** Each layer of a model (or those named by what they answer with) with the numbers that it took and made, by one run. */
export async function ranLayers({ model, feeds }: Shown, names?: readonly string[]): Promise<readonly LayerRun[]> {
  const graphs = model.layers
    .filter(({ outputs: [first] }) => first && (names?.includes(first.tensor) ?? true))
    .flatMap((layer) => layer.outputs.slice(0, 1).map((output) => new LayerGraph(model, { layer, output })));
  const needed = [...new Set(graphs.flatMap((graph) => graph.needed))];
  const part = cutGraph(model, needed);
  const settings = { processor: "CPU", optimised: false } as const;
  const session = new GraphSession(nodeEngine(), { name: model.name, ...part }, settings);
  const answers = await session.run(feeds, needed);
  await session.release();
  const runs = graphs.map((graph) => new LayerRun(graph, answers, model.beside, feeds[0]?.dims[0] ?? 1));
  return runs.filter((run) => run.isMap(run.graph.tensor));
}

/** A pixel of a layer's maps, wherever `random` (0 to 1) says. */
export function explainSomewhere(run: LayerRun, random: () => number): PixelExplanation {
  const { channels, height, width } = run.layoutOf(run.graph.tensor);
  const one = (count: number) => Math.floor(random() * count);
  const place = { channel: one(channels), row: one(height), column: one(width) };
  return explainPixel(run, place, null, { height: 1, width: 1 });
}

/** How far the parts of an explanation are from each other, beside the largest number in it; they should be the same. */
export function disagreement({ terms, bias, sum, steps, value }: PixelExplanation): number {
  const products = terms.flatMap((one) => productsOf(one));
  const picked = terms.some(({ weights }) => weights === null);
  const made = picked ? pickedOf(products, sum) : products.reduce((all, one) => all + one, 0) + (bias ?? 0);
  let largest = products.reduce((all, one) => all + Math.abs(one), Math.abs(bias ?? 0) + Math.abs(sum ?? 0));
  let off = terms.length > 0 ? Math.abs(made - (sum ?? Number.NaN)) : 0;
  let last = sum ?? Number.NaN;
  for (const { before, after } of steps) {
    off = Math.max(off, Math.abs(before - last));
    largest = Math.max(largest, Math.abs(after));
    last = after;
  }
  off = Math.max(off, Math.abs(last - value));
  return off === 0 ? 0 : off / largest;
}

function productsOf({ values, weights, padded }: PixelTerms): number[] {
  return [...values].flatMap((value, at) => {
    if (weights) return [value * (weights[at] ?? Number.NaN)];
    return padded[at] ? [] : [value];
  });
}

/** The highest where that is the sum, else the lowest. */
function pickedOf(values: readonly number[], sum: number | null): number {
  const highest = Math.max(...values);
  return highest === sum ? highest : Math.min(...values);
}

/** The largest difference between a term's values and the maps that they are said to be read from; 0 for the padding. */
export function misread(run: LayerRun, terms: PixelTerms): number {
  const { graph } = run;
  const tensors = [...run.measured.keys()].filter((name) => graph.giver(name) === terms.source && run.isMap(name));
  // A class token has no place.
  const hasPlace = terms.rows.first !== -1 || terms.columns.first !== -1 || terms.padded.includes(1);
  if (tensors.length === 0 || !hasPlace) return 0;
  return Math.min(
    ...tensors.flatMap((tensor) => layoutsOf(run, tensor).map((layout) => misreadOf(run, tensor, layout, terms))),
  );
}

/** As maps, and a sequence as what a window slides over: a column. */
function layoutsOf(run: LayerRun, tensor: string): readonly MapLayout[] {
  const layout = run.layoutOf(tensor);
  const { height, width, skipped } = layout;
  const isSequence = run.values(tensor).dims.length === 3;
  return isSequence ? [layout, { ...layout, height: height * width + skipped, width: 1, skipped: 0 }] : [layout];
}

function misreadOf(
  run: LayerRun,
  tensor: string,
  { height, width, skipped, channelStep, placeStep }: MapLayout,
  { firstChannel, channels, rows, columns, values, padded }: PixelTerms,
): number {
  const numbers = run.values(tensor);
  let worst = 0;
  let at = 0;
  for (let channel = firstChannel; channel < firstChannel + channels; channel++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++, at++) {
        const y = rows.first + row * rows.step;
        const x = columns.first + column * columns.step;
        const isIn = y >= 0 && y < height && x >= 0 && x < width;
        const right = isIn ? numbers.at(channel * channelStep + (skipped + y * width + x) * placeStep) : 0;
        const isRight = values[at] === right && isIn === (padded[at] === 0);
        if (!isRight) worst = Math.max(worst, Math.abs((values[at] ?? 0) - right) || 1);
      }
  return worst;
}
