import { ComputeError, throwIfCancelled } from "../../errors.ts";
import type { GradientPlan } from "../../gradient/gradient-plan.ts";
import { ModelGradients } from "../../gradient/model-gradients.ts";
import type { Job } from "../../job.ts";
import type { Engine } from "../../model/engine/engine.ts";
import { enginesApart } from "../../model/engine/engines-apart.ts";
import type { Processor } from "../../model/engine/graph-session.ts";
import type { OpenModel } from "../../model/engine/open-model.ts";
import type { StartedEngine } from "../../model/engine/start-engine.ts";
import { countHands } from "../../runtime/count-hands.ts";
import type { CrewMaker } from "../../runtime/crew.ts";
import { KeptHands } from "../../runtime/kept-hands.ts";
import { attribute } from "../attribute.ts";
import type { Attribution } from "../attribution.ts";
import { countSteps } from "./count-steps.ts";
import { drawMaps, drawPartial } from "./draw-maps.ts";
import { gradientOf } from "./gradient-of.ts";
import type { GradientLane } from "./gradient-task.ts";
import { modelSource } from "./model-source.ts";
import { pictureShape } from "./picture-shape.ts";
import { planGradient } from "./planned-gradient.ts";
import type {
  PartialSaliencyMap,
  SaliencyRequest,
  SaliencyRun,
  SaliencyRunMaps,
  SaliencySet,
} from "./saliency-request.ts";

/** Pictures as the model takes them, made when they are asked for. */
interface Pictures {
  readonly count: number;
  read(start: number, count: number): Float32Array<ArrayBuffer> | Promise<Float32Array<ArrayBuffer>>;
}

/** What is wanted of which model. */
export interface SaliencyOf {
  /** The model's name, by which its workers and sessions are known. */
  readonly key: string;
  readonly open: OpenModel;
  readonly started: StartedEngine;
  readonly pictures: Pictures;
  readonly request: SaliencyRequest;
}

interface RunMade {
  readonly answer: SaliencyRunMaps;
  readonly workers: number;
  readonly processor: Processor;
  readonly reason: string;
}

/** A gradient takes about so many runs of the model itself (measured over 17 networks: 2.0 to 3.2). */
const RUNS_A_GRADIENT = 2.5;

type SaliencyRunJob = Job & { readonly onPartial?: ((partial: PartialSaliencyMap) => void) | undefined };

/** Saliency maps of models that are kept: over workers where that pays, with the same bits for any number of them. */
export class Saliency {
  /** Of the models that were asked about, by their keys. */
  readonly #gradients = new Map<string, { readonly open: OpenModel; readonly gradients: ModelGradients }>();
  readonly #hands: KeptHands<"gradient">;

  constructor(crew: CrewMaker) {
    this.#hands = new KeptHands("gradient", crew);
  }

  /**
   * @throws ComputeError "input" for a class, a layer, a method or an option that there isn't, and for a model that can't be
   * differentiated; "memory"; "cancelled".
   */
  async of(asked: SaliencyOf, job: SaliencyRunJob = {}): Promise<SaliencySet> {
    const { open, pictures, request } = asked;
    if (pictures.count === 0) throw new ComputeError("input", "There are no pictures.", "Pass one at least.");
    const made: RunMade[] = [];
    for (const [place, run] of request.runs.entries()) {
      const told = toldOf(job, { place, of: request.runs.length, name: run.name });
      made.push(await this.#run(asked, run, told));
    }
    const processor = made.some((each) => each.processor === "CPU") ? "CPU" : open.processor;
    return {
      runs: made.map(({ answer }) => answer),
      processor,
      reason: made.find((each) => each.processor === processor)?.reason ?? open.reason,
      workers: Math.max(1, ...made.map(({ workers }) => workers)),
    };
  }

  /** The gradients of a model, whose sessions are kept. */
  gradients(key: string, engine: Engine, open: OpenModel): ModelGradients {
    const known = this.#gradients.get(key);
    if (known?.open === open) return known.gradients;
    void known?.gradients.release();
    const gradients = new ModelGradients(engine, open);
    this.#gradients.set(key, { open, gradients });
    return gradients;
  }

  /** Let go of what is held of a model, of what runs when it is done. */
  async forget(key: string): Promise<void> {
    this.#hands.forget(key);
    const known = this.#gradients.get(key);
    this.#gradients.delete(key);
    await known?.gradients.release();
  }

  async #run(asked: SaliencyOf, run: SaliencyRun, job: SaliencyRunJob): Promise<RunMade> {
    const { key, open, started, pictures, request } = asked;
    job.onProgress?.({ stage: "Preparing gradients", done: 0, total: 0, unit: "" });
    const gradients = this.gradients(key, started.engine, open);
    const planned = await planGradient(gradients, open, request, run.method);
    throwIfCancelled(job.signal);
    const { plan, layer } = planned;
    const count = handsFor(asked, plan, run);
    const work = async (lanes: readonly GradientLane[]): Promise<SaliencyRunMaps> => {
      const source = modelSource(planned, pictureShape(open), lanes);
      const attributions: Attribution[] = [];
      for (let row = 0; row < pictures.count; row++) {
        const picture = await pictures.read(row, 1);
        const own = new Float32Array(picture);
        attributions.push(
          await attribute(
            own,
            source,
            { ...run, options: request.options },
            rowJob(job, request, run, row, pictures.count),
          ),
        );
      }
      const { maps, notes } = drawMaps(run.method, attributions, request.raw);
      return { name: run.name, maps, layer: layer?.layer.name ?? null, notes: [...plan.notes, ...notes] };
    };
    const session = gradients.session(plan);
    const here = async (): Promise<RunMade> => {
      const answer = await work([async (picture) => gradientOf(await session.run(picture, 1))]);
      return { answer, workers: 1, processor: session.processor, reason: session.reason };
    };
    if (count === 1) return here();
    const begin = () => enginesApart(started.files, count).map((files) => ({ files, plan }));
    return this.#hands.with(
      { model: key, plan: nameOf(plan), count, begin },
      async (hands) => {
        if (!hands) return here();
        // Two a hand, so that a hand finds its next picture when it is done with one.
        const lanes = [...hands, ...hands].map(
          (hand): GradientLane =>
            (picture) => {
              const own = picture.slice();
              return hand.ask({ picture: own, weights: plan.weights }, [own.buffer]);
            },
        );
        return { answer: await work(lanes), workers: count, processor: "CPU", reason: open.reason };
      },
      job.signal,
    );
  }
}

/** How many workers run a method; one where the GPU does it. */
function handsFor({ open, pictures, request }: SaliencyOf, plan: GradientPlan, run: SaliencyRun): number {
  const { options, workers } = request;
  if (open.processor !== "CPU") return 1;
  const { runs, apart } = countSteps(run, options, pictureShape(open));
  const seconds = open.secondsPerPicture * pictures.count * runs * (plan.gradient === null ? 1 : RUNS_A_GRADIENT);
  return countHands({ asked: workers, batches: apart, seconds, modelBytes: plan.bytes });
}

/** By which hands are found again: for another class as well. */
function nameOf({ output, batch, gradient, at }: GradientPlan): string {
  return JSON.stringify({ output, batch, gradient, at });
}

/** Of several methods their names stand before what they tell. */
function toldOf(
  job: SaliencyRunJob,
  { place, of, name }: { readonly place: number; readonly of: number; readonly name: string },
): SaliencyRunJob {
  const { onProgress } = job;
  if (of < 2 || !onProgress) return job;
  const before = `${name} (${place + 1} of ${of})`;
  return { ...job, onProgress: (progress) => onProgress({ ...progress, stage: `${before}: ${progress.stage}` }) };
}

function rowJob(
  { signal, onProgress, onPartial }: SaliencyRunJob,
  { raw }: Pick<SaliencyRequest, "raw">,
  run: SaliencyRun,
  row: number,
  of: number,
) {
  return {
    signal,
    onProgress:
      of < 2 || !onProgress
        ? onProgress
        : (progress: Parameters<typeof onProgress>[0]) =>
            onProgress({ ...progress, stage: `Picture ${row + 1} of ${of}: ${progress.stage}` }),
    onMap: onPartial
      ? (partial: Parameters<typeof drawPartial>[1]) => {
          const { values, height, width } = drawPartial(run.method, partial);
          onPartial({ name: run.name, row, values, height, width, raw: raw ? partial : null });
        }
      : undefined,
  };
}
