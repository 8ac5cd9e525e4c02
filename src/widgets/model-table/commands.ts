import { ComputeError } from "../../compute/errors.ts";
import type { GradientAsked } from "../../compute/gradient/plan-gradient.ts";
import type { Job } from "../../compute/job.ts";
import { layerTotals } from "../../compute/model/layers/layer-totals.ts";
import { summaryText } from "../../compute/model/layers/summary-text.ts";
import type { Answer, Command } from "../host/contract.ts";
import { isImageSource, isNumericSource } from "../host/sources.ts";
import type { AskedSaliency } from "../models/asked-saliency.ts";
import { packedSaliency } from "../models/packed-saliency.ts";
import type { ModelPictures, PageModel } from "../models/page-model.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { answeredColumns } from "./data/answered-columns.ts";
import { countClasses } from "./data/class-names.ts";
import type { ShownModel } from "./data/shown-model.ts";
import { saveLayers } from "./figure/save-layers.ts";
import type { ModelTableSession } from "./session.ts";

/** What a host may ask of a model on behalf of Python or of a page's script; a dropped model answers like a passed one. */
export function modelCommands(session: ModelTableSession): Readonly<Record<string, Command>> {
  return {
    async summary(_, job) {
      const { layers, facts } = await settledTable(session, job);
      return told({ text: summaryText(layers, facts.name) });
    },
    async layers(_, job) {
      const { layers } = await settledTable(session, job);
      return told({ columns: answeredColumns(layers), totals: layerTotals(layers) });
    },
    async facts({ options }, job) {
      const shown = await settledTable(session, job);
      const { facts, layers } = shown;
      const asked = typeof options === "object" && options !== null;
      const sample = asked ? await modelOf(session).sample({ ...options, includePredictions: true }, job) : null;
      return told({
        ...facts,
        preprocessing: session.preprocessing,
        assumed: session.assumed,
        classes: session.classes,
        num_classes: sample?.predictions?.columns ?? countClasses(shown),
        ...(sample && {
          num_features: sample.features.columns,
          feature_layers: sample.blocks.map(({ layer }) => layer),
        }),
        layers: layers.map(({ name }) => name),
      });
    },
    async preprocess({ images }, job) {
      await settledTable(session, job);
      throwIfNoPictures(images);
      const { data, shape, applied, sentence } = await modelOf(session).preprocess(images, session.declared, job);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return { header: { shape, dtype: "float32", applied, sentence }, bytes };
    },
    async saliency({ images, ...asked }, job) {
      await settledTable(session, job);
      throwIfNoPictures(images);
      // Python has checked names and numbers; the worker says what is wrong with the others.
      const request = asked as unknown as AskedSaliency;
      return packedSaliency(await modelOf(session).saliency(images, request, session.declared, job));
    },
    async gradientGraph(asked, job) {
      await settledTable(session, job);
      const { bytes, ...header } = await modelOf(session).gradientGraph(asked as unknown as GradientAsked, job);
      return { header: { ...header }, bytes };
    },
    async save(options, job) {
      await settledTable(session, job);
      const { name, type, bytes } = await saveLayers(session, options);
      return { header: { name, type }, bytes };
    },
  };
}

/**
 * The table, once the model that is being read is open; what is asked before is answered then.
 *
 * @throws {ComputeError} "cancelled" where the question is given up before, what has kept the model from being opened, and
 * "input" where there is none.
 */
async function settledTable(session: ModelTableSession, { signal }: Job): Promise<ShownModel> {
  const { work } = session;
  // While one waits for a model, another may be dropped in its place.
  do {
    await waitUnlessGivenUp(session.whenAtRest(), signal);
  } while (work.isWorking);
  const { shown } = session;
  if (shown) return shown;
  throw (
    session.missing ??
    work.error ??
    new ComputeError("input", "No model is open.", "Drop its file on the table, or pass it.")
  );
}

/** @throws {ComputeError} "lost" where only its table was saved. */
function modelOf({ model }: ModelTableSession): PageModel {
  if (model) return model;
  throw new ComputeError("lost", "The model itself is not here.", "Run the cell again.");
}

function throwIfNoPictures(images: unknown): asserts images is ModelPictures {
  if (!isImageSource(images) && !isNumericSource(images))
    throw new ComputeError("input", "There are no pictures.", "Pass images.");
}

const told = (header: Answer["header"]): Answer => ({ header, bytes: new Uint8Array() });
