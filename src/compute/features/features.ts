import { ComputeError } from "../errors.ts";
import type { Job } from "../job.ts";
import { enginesApart } from "../model/engine/engines-apart.ts";
import type { Processor } from "../model/engine/graph-session.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import type { StartedEngine } from "../model/engine/start-engine.ts";
import { countHands } from "../runtime/count-hands.ts";
import type { CrewMaker, Hand } from "../runtime/crew.ts";
import { KeptHands } from "../runtime/kept-hands.ts";
import { batchSize } from "./batch-size.ts";
import { type CollectedFeatures, collectFeatures, type Lane } from "./collect-features.ts";
import type { FeatureOptions } from "./feature-options.ts";
import { answersOf, type FeaturePlan, planFeatures, tensorsOf } from "./feature-plan.ts";
import { FeatureRunner } from "./feature-runner.ts";
import { type OtherInputs, withOtherInputs } from "./other-inputs.ts";
import type { PictureBatches } from "./picture-batches.ts";
import { poolInGraph } from "./pool-in-graph.ts";

/** To open a session once more, optimised, takes seconds and saves a tenth of each run. */
const SHORT_SECONDS = 10;

export interface FeatureSet extends CollectedFeatures {
  /** What ran the model in the end. */
  readonly processor: Processor;
  /** Why, in a sentence for the status line. */
  readonly reason: string;
  /** How many workers ran it. */
  readonly workers: number;
}

/** Activations of models' layers for as many pictures as there are: batch after batch, over workers where that pays. */
export class Features {
  readonly #hands: KeptHands<"features">;

  constructor(crew: CrewMaker) {
    this.#hands = new KeptHands("features", crew);
  }

  /**
   * @param key - The model's, by which its workers are known.
   * @param others - What the model takes beside these pictures.
   * @throws ComputeError "input" for a layer or an option that there isn't, "memory", "cancelled".
   */
  async of(
    key: string,
    model: OpenModel,
    { files }: Pick<StartedEngine, "files">,
    given: PictureBatches,
    options: FeatureOptions,
    job: Job = {},
    others: OtherInputs = {},
  ): Promise<FeatureSet> {
    const plan = planFeatures(model.model, model.inputs, options);
    model.check(tensorsOf(plan));
    const pictures = withOtherInputs(given, plan, others);
    const size = batchSize(plan.input, options.batchSize);
    const count = model.processor === "CPU" ? handsFor(model, pictures.of ?? pictures.count, size, options.workers) : 1;
    const { processor, reason } = model;
    const isShort = model.secondsPerPicture * (pictures.of ?? pictures.count) < SHORT_SECONDS;
    if (count === 1) return this.#here(model, plan, pictures, size, isShort, job);
    // Several for each, so that nobody waits long for the last.
    const fine = Math.max(1, Math.ceil(pictures.count / (4 * count)));
    const share = plan.input.batch ?? options.batchSize ?? Math.min(size, fine);
    // The same numbers to the bit, whoever runs it.
    const optimised = model.isOptimised(...answersOf(plan), isShort);
    const begin = () => {
      const graph = model.partFor(tensorsOf(plan));
      return enginesApart(files, count).map((own) => ({ files: own, graph, plan, optimised }));
    };
    return this.#hands.with(
      { model: key, plan: JSON.stringify({ plan, optimised }), count, begin },
      async (hands) =>
        hands
          ? { ...(await collectFeatures(pictures, lanesOf(hands), share, job)), processor, reason, workers: count }
          : this.#here(model, plan, pictures, size, isShort, job),
      job.signal,
    );
  }

  /** Let go of what workers hold of a model, of what runs when it is done. */
  forget(key: string): void {
    this.#hands.forget(key);
  }

  async #here(
    model: OpenModel,
    plan: FeaturePlan,
    pictures: PictureBatches,
    size: number,
    isShort: boolean,
    job: Job,
  ): Promise<FeatureSet> {
    const isFar = model.processor === "WebGPU" && plan.taps.some(({ pooling }) => pooling !== null);
    const lane = laneHere(model, plan, isFar ? await poolInGraph(plan, model) : plan, isShort);
    const collected = await collectFeatures(pictures, [lane], size, job);
    return { ...collected, processor: model.processor, reason: model.reason, workers: 1 };
  }
}

function handsFor(model: OpenModel, pictures: number, size: number, asked: number | null): number {
  const seconds = model.secondsPerPicture * pictures;
  return countHands({ asked, batches: Math.ceil(pictures / size), seconds, modelBytes: model.bytes });
}

/** Runs batches in this worker; on the CPU from the batch on with which the GPU fails. */
function laneHere(model: OpenModel, onCpu: FeaturePlan, onGpu: FeaturePlan, isShort: boolean): Lane {
  const run: Lane = async (pictures, rows) => {
    const plan = model.processor === "CPU" ? onCpu : onGpu;
    return new FeatureRunner(await model.session(...answersOf(plan), isShort), plan).run(pictures, rows);
  };
  return async (pictures, rows) => {
    const { processor } = model;
    try {
      return await run(pictures, rows);
    } catch (thrown) {
      if (processor === "CPU") throw thrown;
      model.fallBack(ComputeError.from(thrown));
      return run(pictures, rows);
    }
  };
}

/** Two lanes a hand, so that a hand finds its next batch when it is done with one. */
function lanesOf(hands: readonly Hand<"features">[]): readonly Lane[] {
  return [...hands, ...hands].map((hand) => (pictures, rows) => {
    const own = pictures.slice();
    return hand.ask({ pictures: own, rows }, [own.buffer]);
  });
}
