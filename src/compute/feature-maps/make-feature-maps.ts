import { ComputeError, throwIfCancelled } from "../errors.ts";
import type { PictureBatches } from "../features/picture-batches.ts";
import type { Job } from "../job.ts";
import { type ModelInput, pictureInput } from "../model/engine/model-inputs.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import { MOST_BYTES } from "../model/engine/session-bytes.ts";
import type { TensorValues } from "../model/engine/tensor-values.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import type { LayerOutput, ModelLayer } from "../model/model-layer.ts";
import { Pace } from "../runtime/pace.ts";
import { channelStatistics } from "./channel-statistics.ts";
import { chooseLayers } from "./choose-layers.ts";
import type { FeatureMaps, MapLayer, WantedLayers } from "./feature-maps.ts";
import { layOutMaps, mapsOf } from "./lay-out-maps.ts";
import { pictureShown } from "./picture-shown.ts";

/**
 * What layers of a model answer to one picture.
 *
 * @param pictures - One picture.
 * @throws {ComputeError} kind "input" for a layer that there isn't, one that answers with nothing for each picture, and
 * for another number of pictures; "memory" beforehand for more than fits; "cancelled".
 */
export async function makeFeatureMaps(
  open: OpenModel,
  pictures: PictureBatches,
  wanted: WantedLayers,
  { signal, onProgress }: Job = {},
): Promise<FeatureMaps> {
  const input = pictureInput(open.model.name, open.inputs);
  if (pictures.count !== 1)
    throw new ComputeError("input", `Feature maps are of one picture, not of ${pictures.count}.`, "Pass one.");
  const layers = await layersWithShapes(open);
  const chosen = chooseLayers(layers, wanted, input.batch);
  throwIfTooMuch(open, chosen);
  const report = (stage: string, done: number) =>
    onProgress?.({ stage, done, total: chosen.length, unit: chosen.length === 1 ? "layer" : "layers" });
  report("Running the model", 0);
  const picture = await pictures.read(0, 1);
  throwIfCancelled(signal);
  const answers = await answersTo(open, input, picture, [...new Set(chosen.map(({ output }) => output.tensor))]);
  const pace = new Pace(signal);
  const made: MapLayer[] = [];
  for (const { layer, output } of chosen) {
    await pace.check();
    report("Measuring channels", made.length);
    const answer = answers.get(output.tensor);
    if (!answer) throw new ComputeError("internal", `The engine did not answer with "${output.tensor}".`);
    made.push(mapLayer(layer, output, answer, layers.indexOf(layer), input.batch ?? 1));
  }
  return { input: pictureShown(open.model.format, input.dims, picture), layers: made };
}

/** The layer table; run once where the file doesn't say all shapes. */
function layersWithShapes(open: OpenModel): readonly ModelLayer[] | Promise<readonly ModelLayer[]> {
  const { layers } = open.model;
  const isKnown = layers.every(({ outputs: [output] }) => !output || output.shape?.slice(1).every((size) => size));
  return isKnown ? layers : open.layers();
}

/** The engine holds the answers, and what is made of them lies beside. */
function throwIfTooMuch({ bytes, model }: OpenModel, chosen: readonly FoundLayer[]): void {
  let numbers = 0;
  for (const { output } of chosen)
    numbers += (output.shape ?? []).slice(1).reduce<number>((product, size) => product * (size ?? 1), 1);
  if (bytes + 2 * 4 * numbers <= MOST_BYTES) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new ComputeError(
    "memory",
    `The maps of ${chosen.length.toLocaleString("en")} layers take ${gigabytes(4 * numbers)} twice beside ${model.name}; a page has ${gigabytes(MOST_BYTES)}.`,
    "Choose fewer layers.",
  );
}

/** On the CPU from then on where the GPU fails. */
async function answersTo(
  open: OpenModel,
  { name, type, dims, batch }: ModelInput,
  picture: Float32Array<ArrayBuffer>,
  tensors: readonly string[],
): Promise<ReadonlyMap<string, TensorValues>> {
  const fed = batch ?? 1;
  const values = new Float32Array(fed * picture.length);
  values.set(picture);
  const feed = { name, type, dims: [fed, ...dims], values };
  // No operator answers with the picture itself.
  const asked = tensors.filter((tensor) => tensor !== name);
  const answers = new Map<string, TensorValues>([[name, { dims: feed.dims, data: values }]]);
  if (asked.length === 0) return answers;
  const run = async () => (await open.session(asked)).run([feed], asked);
  const { processor } = open;
  try {
    for (const [tensor, answer] of await run()) answers.set(tensor, answer);
  } catch (thrown) {
    if (processor === "CPU") throw thrown;
    open.fallBack(ComputeError.from(thrown));
    for (const [tensor, answer] of await run()) answers.set(tensor, answer);
  }
  return answers;
}

function mapLayer(
  { name, type }: ModelLayer,
  output: LayerOutput,
  { dims, data: answer }: TensorValues,
  index: number,
  batch: number,
): MapLayer {
  const layout = layOutMaps({ layer: name, channels: output.channels }, dims, batch);
  const { channels, height, width, skipped } = layout;
  const data = mapsOf(answer, layout);
  const known = (output.shape ?? []).slice(1).filter((size) => size !== null);
  const shape = known.length === dims.length - 1 ? known : dims.slice(1);
  const statistics = channelStatistics(data, channels, height * width);
  return { name, type, index, height, width, channels, shape, skipped, data, statistics, field: null };
}
