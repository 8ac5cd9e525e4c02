import { ComputeError } from "../errors.ts";
import type { GraphSession } from "../model/engine/graph-session.ts";
import type { TensorValues } from "../model/engine/tensor-values.ts";
import { type ActivationLayout, activationLayout, isMap } from "../model/layers/activation-layout.ts";
import { softmax } from "../softmax.ts";
import { columnsOf, type FeatureBlock } from "./feature-block.ts";
import type { Pooling } from "./feature-options.ts";
import { type FeaturePlan, type FeatureTap, tensorsOf } from "./feature-plan.ts";
import { feedRows } from "./feed-rows.ts";
import { writeActivations } from "./write-activations.ts";

/** What some pictures gave. It survives cloning. */
export interface FeatureBatch {
  readonly rows: number;
  /** The same for every batch. */
  readonly blocks: readonly FeatureBlock[];
  /** `rows` times the blocks' columns. */
  readonly features: Float32Array<ArrayBuffer>;
  /** `rows * classes`; empty where they were not asked for. */
  readonly predictions: Float32Array<ArrayBuffer>;
  readonly classes: number;
}

/** A layer's answer to a batch, and what is to become of it. */
interface ActivationMap {
  readonly layer: string;
  readonly data: Float32Array;
  readonly layout: ActivationLayout;
  readonly pooling: Pooling;
  readonly channelsLast: boolean;
}

type Answers = ReadonlyMap<string, TensorValues>;

/** Makes features of a few pictures at a time: one session, in this worker. */
export class FeatureRunner {
  constructor(
    private readonly session: GraphSession,
    private readonly plan: FeaturePlan,
  ) {}

  /**
   * @param pictures - `rows` pictures, one after the other, as the model takes them (`feedRows`). What doesn't fit into
   * memory is done half by half.
   * @throws ComputeError "memory" when not even one picture fits.
   */
  async run(pictures: Float32Array<ArrayBuffer>, rows: number): Promise<FeatureBatch> {
    const { batch } = this.plan.input;
    if (batch !== null && rows > batch) return this.#inParts(pictures, rows, batch);
    try {
      return this.#batchOf(await this.#answers(pictures, rows), rows);
    } catch (thrown) {
      const isTooLarge = thrown instanceof ComputeError && thrown.kind === "memory" && rows > 1 && batch === null;
      if (!isTooLarge) throw thrown;
      return this.#inParts(pictures, rows, Math.ceil(rows / 2));
    }
  }

  async #inParts(pictures: Float32Array<ArrayBuffer>, rows: number, most: number): Promise<FeatureBatch> {
    const size = pictures.length / rows;
    const parts: FeatureBatch[] = [];
    for (let start = 0; start < rows; start += most) {
      const end = Math.min(rows, start + most);
      parts.push(await this.run(pictures.subarray(start * size, end * size), end - start));
    }
    const { blocks = [], classes = 0 } = parts[0] ?? {};
    return {
      rows,
      blocks,
      classes,
      features: joined(parts.map(({ features }) => features)),
      predictions: joined(parts.map(({ predictions }) => predictions)),
    };
  }

  #answers(numbers: Float32Array<ArrayBuffer>, rows: number): Promise<Answers> {
    return this.session.run(feedRows(this.plan, numbers, rows), tensorsOf(this.plan));
  }

  #batchOf(answers: Answers, rows: number): FeatureBatch {
    const fed = this.plan.input.batch ?? rows;
    const maps = this.plan.taps.map((tap) => mapOf(tap, answerOf(answers, tap.tensor), fed));
    const blocks = blocksOf(maps);
    const columns = columnsOf(blocks);
    const features = new Float32Array(rows * columns);
    for (const [index, { data, layout, pooling, channelsLast }] of maps.entries()) {
      const start = blocks[index]?.start ?? 0;
      const size = layout.channels * layout.places;
      for (let row = 0; row < rows; row++)
        writeActivations(data, row * size, layout, pooling, channelsLast, features, row * columns + start);
    }
    return { rows, blocks, features, ...this.#predictions(answers, rows, fed) };
  }

  #predictions(answers: Answers, rows: number, fed: number): Pick<FeatureBatch, "predictions" | "classes"> {
    const { predictions: wanted } = this.plan;
    if (!wanted) return { predictions: new Float32Array(), classes: 0 };
    const { dims, data } = answerOf(answers, wanted.tensor);
    const { channels, places } = activationLayout({ layer: wanted.tensor, channels: null }, dims, fed);
    const classes = channels * places;
    const predictions = data.slice(0, rows * classes);
    if (wanted.softmax) softmax(predictions, classes);
    return { predictions, classes };
  }
}

function answerOf(answers: Answers, tensor: string): TensorValues {
  const answer = answers.get(tensor);
  if (!answer) throw new ComputeError("internal", `The engine did not answer with "${tensor}".`);
  return answer;
}

function mapOf(tap: FeatureTap, { dims, data }: TensorValues, rows: number): ActivationMap {
  const layout = activationLayout(tap, dims, rows);
  const pooling = isMap(tap.channels, dims) ? tap.pooling : null;
  return { layer: tap.layer, data, layout, pooling, channelsLast: tap.channelsLast ?? layout.channelStep === 1 };
}

function blocksOf(maps: readonly ActivationMap[]): FeatureBlock[] {
  let start = 0;
  return maps.map(({ layer, layout: { channels, places: all }, pooling, channelsLast }) => {
    const places = pooling === null ? all : 1;
    // Of one place both orders are the same.
    const block = { layer, start, channels, places, channelsLast: channelsLast || places === 1 };
    start += channels * places;
    return block;
  });
}

function joined(parts: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
