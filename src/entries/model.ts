import { ComputeError } from "../compute/errors.ts";
import type { DeclaredPreprocessing } from "../compute/features/preprocess/declared-preprocessing.ts";
import type { Preprocessing } from "../compute/features/preprocess/preprocessing.ts";
import type { GradientFile } from "../compute/gradient/gradient-file.ts";
import type { GradientAsked } from "../compute/gradient/plan-gradient.ts";
import type { Target } from "../compute/gradient/target.ts";
import type { Job } from "../compute/job.ts";
import type { ModelInput as InputFacts } from "../compute/model/engine/model-inputs.ts";
import type { ModelLayer } from "../compute/model/model-layer.ts";
import { fetchModelFile } from "../widgets/models/fetch-model-file.ts";
import { layersOfModel } from "../widgets/models/layers-of-model.ts";
import { type GivenFile, modelOfFiles } from "../widgets/models/model-of-files.ts";
import { type Backend, isModelSource, type ModelSource } from "../widgets/models/model-source.ts";
import { openModel, type PageModel, processorWords, type ShownPictures } from "../widgets/models/page-model.ts";
import { type ModelImages, modelPictures } from "./model-pictures.ts";
import { loadNpmPart } from "./npm-parts.ts";

/** A model's file: dropped or picked, bytes, or an address of the page's own origin. */
export type ModelFileInput = File | Blob | Uint8Array<ArrayBuffer> | ArrayBuffer | URL | string | GivenFile;

/** How a model is opened, and how its pictures are prepared where that is not as its file suggests. */
export interface ModelOptions extends DeclaredPreprocessing, Job {
  /** What to call a file that is given as bytes. Default "model". */
  readonly name?: string | undefined;
  /** Where it runs. Default "auto": where it is right and quickest. */
  readonly backend?: Backend | undefined;
  /** One picture's shape, where the file leaves it open. */
  readonly shape?: readonly number[] | undefined;
  /** Names of its classes, in the order of its answers: what its predictions' columns are called. */
  readonly classes?: readonly string[] | undefined;
}

/** What is differentiated, and with respect to what. */
export interface GradientInput extends Omit<GradientAsked, "target"> {
  readonly target?: number | Target | undefined;
}

/** A trained model: an ONNX file with what lies beside it, a Keras .h5 or a .keras file, open in this page. */
export class Model {
  private constructor(
    /** What widgets take. */
    readonly source: ModelSource,
    /** What was declared of its pictures. */
    readonly declared: DeclaredPreprocessing,
    private readonly open: PageModel,
    /** The layer table: name, type, output shape, parameters and more of each, in the order in which they run. */
    readonly layers: readonly ModelLayer[],
  ) {}

  /**
   * Read a model and open it: `await Model.load(file)`, `await Model.load([onnxFile, dataFile])`.
   *
   * @param files One file, or all of one model: an .onnx file and those with its weights.
   * @throws {ComputeError} "input" for what is no model or can't be run, by name; "memory"; "cancelled".
   */
  static async load(files: ModelFileInput | readonly ModelFileInput[], options: ModelOptions = {}): Promise<Model> {
    const { name, backend, shape, classes, signal, onProgress, ...declared } = options;
    const job = { signal, onProgress };
    const list: readonly ModelFileInput[] = Array.isArray(files) ? files : [files as ModelFileInput];
    const given = await Promise.all(list.map((file) => givenFile(file, name ?? "model", signal)));
    const source = { ...(await modelOfFiles(given)), backend, shape, classes };
    return Model.of(source, declared, job);
  }

  /** A model whose files are known: one that a reader dropped on its table. Throws as `load` does. */
  static async of(source: ModelSource, declared: DeclaredPreprocessing, job: Job = {}): Promise<Model> {
    const open = await openModel(source, {}, { load: loadNpmPart }, job);
    if (Object.keys(declared).length > 0) open.preprocessing(declared);
    return new Model(source, declared, open, await layersOfModel(open, job));
  }

  /** Names of its classes, in the order of its answers; null where nobody named them. */
  get classes(): readonly string[] | null {
    return this.source.classes ?? null;
  }

  /** The file's name. */
  get name(): string {
    return this.open.facts.name;
  }

  get format(): "onnx" | "keras" {
    return this.open.facts.format;
  }

  /** What it takes: names and one picture's shape. */
  get inputs(): readonly InputFacts[] {
    return this.open.facts.inputs;
  }

  /** Names of the tensors that it answers with. */
  get outputs(): readonly string[] {
    return this.open.facts.outputs;
  }

  /** What runs it, "WebGPU" or "WebAssembly". */
  get processor(): string {
    return processorWords(this.open.facts.processor);
  }

  /** Why that, in a sentence. */
  get reason(): string {
    return this.open.facts.reason;
  }

  /** How its pictures are prepared; null for a model that takes none. */
  get preprocessing(): Preprocessing | null {
    return this.open.facts.preprocessing && this.open.preprocessing(this.declared);
  }

  /** What of that is assumed, because its file does not say; empty where it does. */
  get assumed(): string {
    return this.open.facts.preprocessing?.assumed ?? "";
  }

  /** The layer table as text, as Keras prints it, with the totals. */
  summary(): Promise<string> {
    return this.open.summary();
  }

  /**
   * The gradient of one of the model's scores as an ordinary ONNX file, which any runtime runs.
   *
   * @param asked `target`, a class (default 0) or a `{class, minus}` or a `{layer, channel, row, column}`; `at`, "input" or a
   * layer's name; `of`, "logits" or "probabilities"; `batch`, how many pictures it takes at a time.
   * @throws {ComputeError} "input" for a class or a layer that there isn't, and for a model that can't be differentiated.
   */
  gradientGraph({ target = 0, ...others }: GradientInput = {}, job: Job = {}): Promise<GradientFile> {
    return this.open.gradientGraph({ ...others, target: typeof target === "number" ? { class: target } : target }, job);
  }

  /** Pictures as the model is shown them. Numbers that are no bytes are taken as they are; the result says which. */
  preprocess(images: ModelImages, job: Job = {}): Promise<ShownPictures> {
    return this.open.preprocess(modelPictures(images), this.declared, job);
  }
}

function givenFile(
  file: ModelFileInput,
  name: string,
  signal: AbortSignal | undefined,
): GivenFile | Promise<GivenFile> {
  if (typeof file === "string" || file instanceof URL) return fetchModelFile(file, signal);
  if (file instanceof File) return { name: file.name, content: file };
  if (file instanceof Blob || file instanceof Uint8Array) return { name, content: file };
  if (file instanceof ArrayBuffer) return { name, content: new Uint8Array(file) };
  if (isModelSource(file) || typeof file !== "object" || file === null || !("content" in file))
    throw new ComputeError("input", "This is no model's file.", "Pass a File, bytes, or an address beside the page.");
  return file;
}
