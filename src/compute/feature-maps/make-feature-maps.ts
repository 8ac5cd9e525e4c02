import { ComputeError, throwIfCancelled } from "../errors.ts";
import { feedRows } from "../features/feed-rows.ts";
import type { PictureBatches } from "../features/picture-batches.ts";
import type { Job } from "../job.ts";
import { pictureInput } from "../model/engine/model-inputs.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import type { Feed, TensorValues } from "../model/engine/tensor-values.ts";
import { dependentTensors } from "../model/layers/dependent-tensors.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import { layOutMaps, mapsOf } from "../model/layers/lay-out-maps.ts";
import type { ModelLayer } from "../model/model-layer.ts";
import { Pace } from "../runtime/pace.ts";
import { channelStatistics } from "./channel-statistics.ts";
import { chooseLayers } from "./choose-layers.ts";
import type { FeatureMaps, MapLayer, WantedLayers } from "./feature-maps.ts";
import { layerFields } from "./field/layer-fields.ts";
import { pictureShown } from "./picture-shown.ts";
import { refuseOtherInputs, refuseTooMuch } from "./refuse-maps.ts";

/**
 * What layers of a model answer to one picture.
 *
 * @param pictures - One picture.
 * @throws {ComputeError} kind "input" for a layer that there isn't, one that answers with nothing for each picture or takes
 * something beside it, and for another number of pictures; "memory" beforehand for more than fits; "cancelled".
 */
export async function makeFeatureMaps(
  open: OpenModel,
  pictures: PictureBatches,
  wanted: WantedLayers,
  { signal, onProgress }: Job = {},
): Promise<FeatureMaps> {
  const { model, inputs } = open;
  const input = pictureInput(model.name, inputs);
  if (pictures.count !== 1)
    throw new ComputeError("input", `Feature maps are of one picture, not of ${pictures.count}.`, "Pass one.");
  const idle = inputs.filter((each) => each !== input);
  const names = new Set(idle.map(({ name }) => name));
  const { graph } = model.onnx;
  const onOthers = dependentTensors({ ...graph, inputs: graph.inputs.filter(({ name }) => names.has(name)) });
  const layers = await layersWithShapes(open);
  const chosen = chooseLayers(layers, wanted, input.batch, (tensor) => open.has(tensor) && !onOthers.has(tensor));
  refuseOtherInputs(chosen, onOthers, [...names]);
  refuseTooMuch(model, open.bytes, chosen);
  const report = (stage: string, done: number) =>
    onProgress?.({ stage, done, total: chosen.length, unit: chosen.length === 1 ? "layer" : "layers" });
  report("Running the model", 0);
  const picture = await pictures.read(0, 1);
  throwIfCancelled(signal);
  const feeds = feedRows({ input, others: [], idle }, picture, 1);
  const answers = await answersTo(open, feeds, [...new Set(chosen.map(({ output }) => output.tensor))]);
  const measured = new Map([...answers].map(([tensor, { dims }]) => [tensor, dims]));
  const fieldOf = layerFields(model, layers, input.dims, measured);
  const pace = new Pace(signal);
  const made: MapLayer[] = [];
  for (const { layer, output } of chosen) {
    await pace.check();
    report("Measuring channels", made.length);
    const answer = answers.get(output.tensor);
    if (!answer) throw new ComputeError("internal", `The engine did not answer with "${output.tensor}".`);
    const maps = mapsOfLayer({ layer, output }, answer, input.batch ?? 1);
    made.push({ ...maps, index: layers.indexOf(layer), field: fieldOf(output) });
  }
  return { input: pictureShown(model.format, input.dims, picture), layers: made };
}

/** The layer table; run once where the file doesn't say all shapes. */
export function layersWithShapes(open: OpenModel): readonly ModelLayer[] | Promise<readonly ModelLayer[]> {
  const { layers } = open.model;
  const isKnown = layers.every(({ outputs: [output] }) => !output || output.shape?.slice(1).every((size) => size));
  return isKnown ? layers : open.layers();
}

/** On the CPU from then on where the GPU fails. */
async function answersTo(
  open: OpenModel,
  feeds: readonly Feed[],
  tensors: readonly string[],
): Promise<ReadonlyMap<string, TensorValues>> {
  // No operator answers with what goes in.
  const answers = new Map<string, TensorValues>(feeds.map(({ name, dims, values }) => [name, { dims, data: values }]));
  const asked = tensors.filter((tensor) => !answers.has(tensor));
  if (asked.length === 0) return answers;
  const run = async () => (await open.session(asked)).run(feeds, asked);
  const { processor } = open;
  const add = (found: ReadonlyMap<string, TensorValues>) => {
    for (const [tensor, answer] of found) answers.set(tensor, answer);
    return answers;
  };
  try {
    return add(await run());
  } catch (thrown) {
    if (processor === "CPU") throw thrown;
    open.fallBack(ComputeError.from(thrown));
    return add(await run());
  }
}

function mapsOfLayer(
  { layer: { name, type }, output }: FoundLayer,
  { dims, data: answer }: TensorValues,
  batch: number,
): Omit<MapLayer, "index" | "field"> {
  const layout = layOutMaps({ layer: name, channels: output.channels }, dims, batch);
  const { channels, height, width, skipped } = layout;
  const data = mapsOf(answer, layout);
  const known = (output.shape ?? []).slice(1).filter((size) => size !== null);
  const shape = known.length === dims.length - 1 ? known : dims.slice(1);
  const statistics = channelStatistics(data, channels, height * width);
  const { tensor } = output;
  return { name, tensor, type, height, width, channels, shape, skipped, data, statistics };
}
