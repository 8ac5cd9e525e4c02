import { ComputeError } from "../../../errors.ts";
import type { Engine } from "../../../model/engine/engine.ts";
import { GraphSession } from "../../../model/engine/graph-session.ts";
import { pictureInput } from "../../../model/engine/model-inputs.ts";
import type { OpenModel } from "../../../model/engine/open-model.ts";
import type { TensorValues } from "../../../model/engine/tensor-values.ts";
import { layOutMaps, type MapLayout } from "../../../model/layers/lay-out-maps.ts";
import { type Numbers, numbersIn, numbersOf } from "../../../model/onnx/tensor-numbers.ts";
import type { LayerGraph } from "./layer-graph.ts";

/** A place of a feature map; row and column are −1 for what no map shows, a class token. */
export interface MapPlace {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
}

/** A layer's operators and the numbers that they took and made for one picture. */
export class LayerRun {
  /** What the tensors take, in bytes. */
  readonly bytes: number;

  constructor(
    readonly graph: LayerGraph,
    private readonly answers: ReadonlyMap<string, TensorValues>,
    private readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    private readonly batch: number,
  ) {
    this.bytes = [...answers.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
  }

  /** Dimensions of all tensors that were asked for, batch included. */
  get measured(): ReadonlyMap<string, readonly number[]> {
    return new Map([...this.answers].map(([tensor, { dims }]) => [tensor, dims]));
  }

  /** Numbers that depend on the picture. @throws ComputeError "internal" for a tensor that was not asked for. */
  values(tensor: string): Numbers {
    const found = this.answers.get(tensor);
    if (!found) throw new ComputeError("internal", `The engine did not answer with "${tensor}".`);
    return numbersIn(found);
  }

  /** Numbers that are the same for every picture; null for what depends on it, isn't there or can't be read. */
  constant(tensor: string | undefined): Numbers | null {
    if (!tensor || this.graph.isDependent(tensor)) return null;
    const weight = this.graph.weight(tensor);
    if (weight) return numbersOf(weight, this.beside);
    const found = this.answers.get(tensor);
    return found ? numbersIn(found) : null;
  }

  /** All of a constant, for short ones such as axes. */
  constantList(tensor: string | undefined): readonly number[] | null {
    const numbers = this.constant(tensor);
    if (!numbers) return null;
    const count = numbers.dims.reduce((product, size) => product * size, 1);
    return Array.from({ length: count }, (_, index) => numbers.at(index));
  }

  /** Whether a tensor has something for each picture. */
  isMap(tensor: string): boolean {
    return this.values(tensor).dims[0] === this.batch;
  }

  /**
   * How a tensor lies as maps.
   *
   * @throws ComputeError "input" for one that has nothing for each picture.
   */
  layoutOf(tensor: string): MapLayout {
    const { layer } = this.graph.found;
    const channels = this.graph.channelAxis(tensor);
    return layOutMaps({ layer: layer.name, channels }, this.values(tensor).dims, this.batch);
  }

  /** Where a number of a tensor stands in its maps; the first place of all for a tensor that is none. */
  placeInMap(tensor: string, index: number): MapPlace {
    if (!this.isMap(tensor)) return { channel: 0, row: 0, column: 0 };
    const { channels, height, width, skipped, channelStep, placeStep } = this.layoutOf(tensor);
    const channel = Math.floor(index / channelStep) % channels;
    const place = (Math.floor(index / placeStep) % (height * width + skipped)) - skipped;
    if (place < 0) return { channel, row: -1, column: -1 };
    return { channel, row: Math.floor(place / width), column: place % width };
  }
}

/**
 * Run the part of a model that a layer stands on, operator after operator as the file has them: the engine's shortcuts
 * would leave some out. On the CPU, whose single precision sums come closest to what is added up here.
 *
 * @param picture - One, as the model takes it.
 * @throws ComputeError "input" for numbers that are no picture for this model, "memory".
 */
export async function runLayer(
  engine: Engine,
  model: OpenModel,
  graph: LayerGraph,
  picture: Float32Array<ArrayBuffer>,
): Promise<LayerRun> {
  const { name, type, dims, batch } = pictureInput(model.model.name, model.inputs);
  const size = dims.reduce((product, side) => product * side, 1);
  if (picture.length !== size)
    throw new ComputeError(
      "input",
      `${picture.length.toLocaleString("en")} numbers are no picture of (${dims.join(", ")}), which "${name}" takes.`,
      "Prepare the picture for this model.",
    );
  const values = new Float32Array(size * (batch ?? 1));
  values.set(picture);
  const session = new GraphSession(engine, model.partFor(graph.needed), { processor: "CPU", optimised: false });
  try {
    const answers = await session.run([{ name, type, dims: [batch ?? 1, ...dims], values }], graph.needed);
    return new LayerRun(graph, answers, model.model.beside, batch ?? 1);
  } finally {
    await session.release();
  }
}
