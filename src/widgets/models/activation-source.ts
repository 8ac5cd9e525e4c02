import { ComputeError } from "../../compute/errors.ts";
import type { FeatureSet } from "../../compute/features/features.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { Job } from "../../compute/job.ts";
import { version } from "../../version.ts";
import { contentKey } from "../host/content-key.ts";
import type { HostServices } from "../host/contract.ts";
import { pageGlobal } from "../host/page-global.ts";
import type { NumericSource } from "../host/sources.ts";
import { formatCounted } from "../theme/numbers.ts";
import { AllAnswers } from "./all-answers.ts";
import type { AskedFeatures } from "./asked-features.ts";
import type { ModelSource } from "./model-source.ts";
import { countPictures, type ModelPictures, openModel, processorWords } from "./page-model.ts";
import { SharedWork } from "./shared-work.ts";

/** What a model's layers are to say of pictures. */
export interface ActivationRequest {
  readonly model: ModelSource;
  readonly images: ModelPictures;
  readonly options: AskedFeatures;
  readonly preprocessing: DeclaredPreprocessing;
}

/** Of a request with predictions both are made at once. */
export type ActivationPart = "activations" | "predictions";

/** How activations came about. */
export interface ActivationFacts {
  /** Layers as the model names them, in the order of their columns. */
  readonly layers: readonly string[];
  /** The model's file. */
  readonly model: string;
  /** "WebGPU" or "WebAssembly". */
  readonly processor: string;
  /** Why there, in a sentence. */
  readonly reason: string;
}

/**
 * Activations as a table of rows × columns that is made when it is first read, by running the model in the page. Its
 * `shape` is `[rows, 0]` until somebody on the page has read it, `[rows, columns]` after.
 */
export interface ActivationSource extends NumericSource {
  readonly part: ActivationPart;
  readonly read: (job: Job) => Promise<Float32Array<ArrayBuffer>>;
  /** null until it is read. */
  readonly facts: ActivationFacts | null;
  /** What the columns of predictions are called, where the model's owner named its classes; null: they have numbers. */
  readonly columns: readonly string[] | null;
  /** The other part of the same run, which makes both; null where predictions are not asked for. */
  readonly predictions: ActivationSource | null;
}

interface Means {
  readonly request: ActivationRequest;
  readonly host: Pick<HostServices, "load">;
}

interface Made extends FeatureSet {
  readonly facts: ActivationFacts;
}

interface Run {
  readonly work: SharedWork<Means, Made>;
  /** As far as they are made: another run goes on where one was stopped. */
  readonly answers: AllAnswers;
}

/** What is known of runs for as long as the page lives, by their key: a few words each. */
interface Known {
  readonly widths: Readonly<Record<ActivationPart, number>>;
  readonly facts: ActivationFacts;
}

/** Runs that somebody holds: their results go with the last source that has read them. */
const runs = () => pageGlobal(`activation-runs@${version}`, () => new Map<string, WeakRef<Run>>());
const known = () => pageGlobal(`activation-facts@${version}`, () => new Map<string, Known>());

/**
 * A source of activations. All sources on the page of the same model, pictures and options share one run.
 *
 * @param host Where the engine comes from.
 */
export function activationSource(
  request: ActivationRequest,
  host: Pick<HostServices, "load">,
  part: ActivationPart = "activations",
): ActivationSource {
  const { images, options } = request;
  const key = requestKey(request);
  const rows = countPictures(images);
  let held: Run | undefined;
  const source: ActivationSource = {
    key: `${key}-${part}`,
    part,
    get shape() {
      return [rows, known().get(key)?.widths[part] ?? 0];
    },
    bytes: 0,
    get facts() {
      return known().get(key)?.facts ?? null;
    },
    get columns() {
      return part === "predictions" ? (request.model.classes ?? null) : null;
    },
    get predictions() {
      return options.includePredictions && part === "activations"
        ? activationSource(request, host, "predictions")
        : null;
    },
    async read(job) {
      held = runOf(key, held, rows);
      const made = await held.work.join({ request, host }, job);
      const table = made[part === "predictions" ? "predictions" : "features"];
      if (table) {
        refuseOtherClasses(made.facts.model, source.columns, table.columns);
        return table.data;
      }
      throw new ComputeError("input", "No predictions were asked for.", "Pass includePredictions.");
    },
  };
  return source;
}

export function isActivationSource(value: unknown): value is ActivationSource {
  return typeof value === "object" && value !== null && "part" in value && "facts" in value && "read" in value;
}

function runOf(key: string, held: Run | undefined, rows: number): Run {
  const present = held && !held.work.broken ? held : runs().get(key)?.deref();
  if (present && !present.work.broken) return present;
  const answers = present?.answers ?? held?.answers ?? new AllAnswers(rows);
  const made: Run = { work: new SharedWork((means, job) => make(key, means, job, answers)), answers };
  runs().set(key, new WeakRef(made));
  return made;
}

async function make(key: string, { request, host }: Means, job: Job, answers: AllAnswers): Promise<Made> {
  const { model, images, options, preprocessing } = request;
  const open = await openModel(model, {}, host, job);
  const made = await open.features(images, options, preprocessing, job, answers);
  const { features, predictions, blocks, processor, reason } = made;
  const facts: ActivationFacts = {
    layers: blocks.map(({ layer }) => layer),
    model: open.facts.name,
    processor: processorWords(processor),
    reason,
  };
  known().set(key, { widths: { activations: features.columns, predictions: predictions?.columns ?? 0 }, facts });
  return { ...made, facts };
}

/**
 * Names that are not one a class would stand at others' numbers.
 *
 * @throws {ComputeError} "input" for them.
 */
export function refuseOtherClasses(model: string, classes: readonly string[] | null, answers: number): void {
  if (!classes || classes.length === answers) return;
  throw new ComputeError(
    "input",
    `classes has ${formatCounted(classes.length, "name")}; ${model} answers ${formatCounted(answers, "number")} to a picture.`,
    "Give one name for each of them.",
  );
}

function requestKey({ model, images, options, preprocessing }: ActivationRequest): string {
  const { key, backend, shape } = model;
  const text = JSON.stringify([key, backend, shape, images.key, inOrder(options), inOrder(preprocessing)]);
  return contentKey(new TextEncoder().encode(text), "activations");
}

/** The same for settings that were written in another order, or with what is left out written as such. */
function inOrder(settings: object): unknown {
  return Object.entries(settings)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
