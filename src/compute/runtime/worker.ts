/// <reference lib="webworker" />
import { ComputeError } from "../errors.ts";
import { layerKernels } from "../feature-maps/explain/layer-kernels.ts";
import { PixelExplainer } from "../feature-maps/explain/pixel-explainer.ts";
import { makeFeatureMaps } from "../feature-maps/make-feature-maps.ts";
import { pictureShown } from "../feature-maps/picture-shown.ts";
import { visualizeModel } from "../feature-visualization/visualize-model.ts";
import { classProbability } from "../features/class-probability.ts";
import { Features } from "../features/features.ts";
import { batchesOf } from "../features/picture-batches.ts";
import { preparedPictures } from "../features/prepared-pictures.ts";
import { declarePreprocessing } from "../features/preprocess/declared-preprocessing.ts";
import { modelColors } from "../features/preprocess/model-colors.ts";
import { modelPreprocessing, modelPreprocessingOrNull } from "../features/preprocess/model-preprocessing.ts";
import { modelAnswers } from "../gradient/answer-kind.ts";
import { gradientFile } from "../gradient/gradient-file.ts";
import { makeThumbnails } from "../images/make-thumbnails.ts";
import type { Job } from "../job.ts";
import { modelFacts } from "../model/engine/model-facts.ts";
import { type ModelInput, pictureInput, sampleFeed } from "../model/engine/model-inputs.ts";
import { ModelSessions } from "../model/engine/model-sessions.ts";
import { startEngine, startedEngine } from "../model/engine/start-engine.ts";
import { readModel } from "../model/read-model.ts";
import { unusedFiles } from "../model/unused-files.ts";
import { buildCellTree } from "../mosaic/cell-tree.ts";
import { buildPointIndex } from "../points/point-index.ts";
import type { ScorePictures } from "../saliency/judge/judge-map.ts";
import { judgeSaliency } from "../saliency/run/judge-saliency.ts";
import { Saliency } from "../saliency/run/saliency.ts";
import { UnitBoxMakers } from "../statistics/boxes/unit-box-makers.ts";
import { KeptUnits } from "../statistics/kept-units.ts";
import { relayout, umap } from "../umap/index.ts";
import { LayoutControl } from "../umap/layout/layout-control.ts";
import { LayoutPictures, type PictureAsk } from "../umap/layout/layout-pictures.ts";
import { measureQuality } from "../umap/quality/measure-quality.ts";
import { FittedMaps } from "../umap/transform/fitted-maps.ts";
import { updateMap } from "../umap/transform/update-map.ts";
import { buffersOf } from "./buffers-of.ts";
import type { ComputeFunctions, FunctionName, Reply, Request } from "./functions.ts";
import type { HandRequest } from "./hand-messages.ts";
import { HandServer } from "./hand-server.ts";
import { workerStarter } from "./worker-channel.ts";
import { WorkerPool } from "./worker-pool.ts";

type Handler<Name extends FunctionName> = (
  input: ComputeFunctions[Name]["input"],
  job: Job & {
    readonly control: LayoutControl;
    readonly pictures: LayoutPictures;
    readonly onPartial: ((partial: ComputeFunctions[Name]["partial"]) => void) | undefined;
  },
) => Promise<ComputeFunctions[Name]["output"]>;

const handlers: { readonly [Name in FunctionName]: Handler<Name> } = {
  umap: ({ points, options, neighbors, keepNeighbors, resume }, { signal, control, pictures, onProgress, onPartial }) =>
    umap(points, options, {
      signal,
      control,
      pictures,
      onProgress,
      onLayout: onPartial,
      neighbors,
      keepNeighbors,
      resume,
      onRowsTaken: () => release(points.data.buffer),
      crew: (size) => pool.crew(size),
    }),
  quality: ({ points, positions, options }, job) => measureQuality(points, positions, options, job),
  keepMap: ({ key, map }, job) => keptMaps.keep(key, map, job),
  transform: ({ key, rows }, job) => keptMaps.transform(key, rows, job),
  forgetMap: async ({ key }) => keptMaps.forget(key),
  update: ({ map, added, neighbors, keepNeighbors }, { signal, control, onProgress, onPartial }) =>
    updateMap(map, added, {
      signal,
      control,
      onProgress,
      onLayout: onPartial,
      neighbors,
      keepNeighbors,
      crew: (size) => pool.crew(size),
    }),
  relayout: ({ prepared, options, resume }, { signal, control, pictures, onProgress, onPartial }) =>
    relayout(prepared, options, {
      signal,
      control,
      pictures,
      onProgress,
      onLayout: onPartial,
      resume,
      crew: (size) => pool.crew(size),
    }),
  mosaicTree: ({ grid, positions }, job) => buildCellTree(grid, positions, job),
  thumbnails: ({ pictures, options }, job) => makeThumbnails(pictures, options, job),
  keepUnits: async ({ key, rows }) => keptUnits.keep(key, rows),
  forgetUnits: async ({ key }) => keptUnits.forget(key),
  rankUnits: ({ key, options, mask }, job) => keptUnits.rank(key, options, mask, job),
  permuteUnits: ({ key, options, mask }, job) => keptUnits.permute(key, options, mask, job),
  slideValues: ({ key, method, threshold }, job) => keptUnits.slideValues(key, { method, threshold }, job),
  unitColumn: async ({ key, unit }) => keptUnits.unitColumn(key, unit),
  unitBoxes: async ({ key, mask, ...task }, job) => boxMakers.of(keptUnits.rowsOf(key)).unitBoxes(task, mask, job),
  selectionBoxes: async ({ key, mask, ...task }, job) =>
    boxMakers.of(keptUnits.rowsOf(key)).selectionBoxes(task, mask, job),
  startEngine: async (files) => {
    await startEngine(files);
  },
  loadModel: async ({ key, files, options }, job) => {
    const { engine } = await startedEngine();
    const model = await readModel(files, options.shape);
    unusedFiles(files, model).forEach(release);
    explainer.forget(key);
    await saliency.forget(key);
    const open = await models.load(key, engine, model, options, job);
    const answers = modelAnswers(model);
    return { ...modelFacts(open), preprocessing: modelPreprocessingOrNull(open), answers };
  },
  modelLayers: async ({ key }) => models.of(key).layers(),
  features: async ({ key, pictures, options, of, others }, job) => {
    const open = models.of(key);
    const batches = batchesOf(pictures, pictureInput(open.model.name, open.inputs), of);
    return features.of(key, open, await startedEngine(), batches, options, job, others);
  },
  pictureFeatures: async ({ options, of, others, ...asked }, job) => {
    const { open, batches } = picturesFor(asked, of);
    return features.of(asked.key, open, await startedEngine(), batches, options, job, others);
  },
  preparePictures: async (asked) => {
    const { open, batches } = picturesFor(asked);
    const data = await batches.read(0, batches.count);
    const [first = 1, second = 1, third = 1] = pictureInput(open.model.name, open.inputs).dims;
    return { data, dims: [batches.count, first, second, third] };
  },
  sampleFeatures: async ({ key, options }, job) => {
    const open = models.of(key);
    const input = pictureInput(open.model.name, open.inputs);
    const numbers = (each: ModelInput) => sampleFeed({ ...each, batch: 1 }).values;
    const others = Object.fromEntries(
      open.inputs.flatMap((each) => (each === input ? [] : [[each.name, numbers(each)]])),
    );
    // The layers' widths are known where the model's own answer can't be had.
    const includePredictions = options.includePredictions && (open.predicts || options.layers.length === 0);
    const asked = { ...options, includePredictions };
    return features.of(key, open, await startedEngine(), batchesOf(numbers(input), input), asked, job, others);
  },
  featureMaps: async ({ layers, ...asked }, job) => {
    const { open, batches } = "floats" in asked ? floatsFor(asked) : picturesFor(asked);
    return makeFeatureMaps(open, batches, layers, job);
  },
  explainPixel: async ({ key, ...asked }, job) => {
    const { engine } = await startedEngine();
    return explainer.explain(key, engine, models.of(key), asked, job);
  },
  layerKernels: async ({ key, layer }) => layerKernels(models.of(key).model, layer),
  saliency: async ({ request, ...asked }, job) => {
    const { open, batches } = "floats" in asked ? floatsFor(asked) : picturesFor(asked);
    const proposed = modelPreprocessingOrNull(open)?.preprocessing;
    const colors = proposed && modelColors(declarePreprocessing(proposed, asked.preprocessing));
    const options = { colors, ...request.options };
    const started = await startedEngine();
    return saliency.of({ key: asked.key, open, started, pictures: batches, request: { ...request, options } }, job);
  },
  visualizeFeature: async ({ key, preprocessing, ...asked }, job) => {
    const open = models.of(key);
    const { engine } = await startedEngine();
    const proposed = modelPreprocessingOrNull(open)?.preprocessing;
    const settled = proposed ? declarePreprocessing(proposed, preprocessing) : null;
    return visualizeModel(saliency.gradients(key, engine, open), open, settled, asked, job);
  },
  judgeSaliency: async ({ classIdx, map, height, width, steps, sigma, ...asked }, job) => {
    const { open, batches } = "floats" in asked ? floatsFor(asked) : picturesFor(asked);
    const model = { key: asked.key, open, started: await startedEngine() };
    const score: ScorePictures = (pictures, told) => classProbability(features, model, classIdx, pictures, told);
    const judged = await judgeSaliency(open, batches, { map, height, width, steps, sigma }, score, job);
    const { dims } = pictureInput(open.model.name, open.inputs);
    return { ...judged, blurred: pictureShown(open.model.format, dims, judged.blurred) };
  },
  gradientGraph: async ({ key, ...asked }) => {
    const open = models.of(key);
    const { engine } = await startedEngine();
    return gradientFile(saliency.gradients(key, engine, open), open, asked);
  },
  forgetModel: async ({ key }) => {
    features.forget(key);
    explainer.forget(key);
    await saliency.forget(key);
    await models.forget(key);
  },
  indexPoints: ({ positions }, job) => buildPointIndex(positions, job),
};

const keptMaps = new FittedMaps();
const keptUnits = new KeptUnits();
const boxMakers = new UnitBoxMakers();
const models = new ModelSessions();
const explainer = new PixelExplainer();

/** Pictures as they came, to be prepared for a model that is kept. */
function picturesFor(
  { key, pictures, first, preprocessing }: ComputeFunctions["preparePictures"]["input"],
  of?: number,
) {
  const open = models.of(key);
  const settled = declarePreprocessing(modelPreprocessing(open).preprocessing, preprocessing);
  const input = pictureInput(open.model.name, open.inputs);
  return { open, batches: preparedPictures(pictures, first, settled, input, of) };
}

/** Pictures as a model that is kept takes them. */
function floatsFor({ key, floats }: { readonly key: string; readonly floats: Float32Array<ArrayBuffer> }) {
  const open = models.of(key);
  return { open, batches: batchesOf(floats, pictureInput(open.model.name, open.inputs)) };
}

interface Running {
  readonly controller: AbortController;
  readonly control: LayoutControl;
  readonly pictures: LayoutPictures;
}

/**
 * Give memory back now, not when the collector comes by. What came from a page the browser holds by an object of its own
 * beside JavaScript's: it lets go of it where the memory is sent on, here to nobody.
 */
function release(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(null, [buffer]);
  port1.close();
  port2.close();
}

const running = new Map<number, Running>();
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
/** Workers that this one has started; the same code runs in them, as hands. */
const pool = new WorkerPool(workerStarter());
const features = new Features((size) => pool.crew(size));
const saliency = new Saliency((size) => pool.crew(size));
const hands = new HandServer((message, transfer) => scope.postMessage(message, transfer));
const reply = (message: Reply) => scope.postMessage(message, buffersOf(message));

async function call({ id, name, input, partials }: Extract<Request, { kind: "call" }>): Promise<void> {
  const controller = new AbortController();
  const control = new LayoutControl();
  const pictures = new LayoutPictures();
  running.set(id, { controller, control, pictures });
  try {
    const handler = handlers[name] as Handler<FunctionName>;
    const result = await handler(input as ComputeFunctions[FunctionName]["input"], {
      signal: controller.signal,
      control,
      pictures,
      onProgress: (progress) => scope.postMessage({ kind: "progress", id, progress } satisfies Reply),
      onPartial: partials ? (partial) => reply({ kind: "partial", id, partial }) : undefined,
    });
    reply({ kind: "result", id, result });
  } catch (thrown) {
    reply({ kind: "error", id, error: ComputeError.from(thrown).toJSON() });
  } finally {
    pictures.end();
    running.delete(id);
  }
}

async function draw(id: number, ask: PictureAsk): Promise<void> {
  const picture = await running.get(id)?.pictures.ask(ask);
  if (picture) reply({ kind: "picture", id, picture });
}

scope.addEventListener("message", ({ data }: MessageEvent<Request | HandRequest>) => {
  if (data.kind === "cancel") running.get(data.id)?.controller.abort();
  else if (data.kind === "tell") running.get(data.id)?.control.tell(data.order);
  else if (data.kind === "draw") void draw(data.id, data.ask);
  else if (data.kind === "call") void call(data);
  else hands.hear(data);
});
