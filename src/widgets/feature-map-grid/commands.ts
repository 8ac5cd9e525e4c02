import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";
import type { MapLayer } from "../../compute/feature-maps/feature-maps.ts";
import type { VisualizationOptions } from "../../compute/feature-visualization/visualization-options.ts";
import type { Target } from "../../compute/gradient/target.ts";
import type { Job } from "../../compute/job.ts";
import type { Answer, Command } from "../host/contract.ts";
import { settledAnswer } from "../work/settled-answer.ts";
import { layersOf, type ShownMaps } from "./data/shown-maps.ts";
import { statisticsColumns } from "./data/statistics-columns.ts";
import { saveMaps } from "./figure/save-maps.ts";
import type { FeatureMapGridSession } from "./session.ts";

/** What a host may ask of feature maps on behalf of Python or of a page's script. */
export function gridCommands(session: FeatureMapGridSession): Readonly<Record<string, Command>> {
  return {
    async statistics(_, job) {
      const layers = layersOf(await settledMaps(session, job));
      return { header: { columns: statisticsColumns(layers) }, bytes: new Uint8Array() };
    },
    /** Numbers of a `layer` (its name, or its place among those on show): channels × height × width. */
    async maps({ layer }, job): Promise<Answer> {
      const { data, channels, height, width } = layerNamed(layersOf(await settledMaps(session, job)), layer);
      const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return { header: { shape: [channels, height, width], dtype: "float32" }, bytes };
    },
    /** The picture that excites a `target` most: red, green and blue of each pixel, row after row. */
    async visualize({ target, ...options }, job): Promise<Answer> {
      const { layer, ...part } = target as Omit<Target, "layer"> & { readonly layer?: string | number };
      // A number counts those on show, as of maps.
      const name =
        typeof layer === "number" ? layerNamed(layersOf(await settledMaps(session, job)), layer).name : layer;
      const asked = (name === undefined ? part : { ...part, layer: name }) as Target;
      const made = await session.visualize({ target: asked, options: options as VisualizationOptions }, job);
      throwIfCancelled(job.signal);
      const { height, width, data } = made.pixels;
      const bytes = data.filter((_, at) => at % 4 < 3);
      const { activation, most, steps } = made;
      return {
        header: { shape: [height, width, 3], dtype: "uint8", activation, most, steps },
        bytes: new Uint8Array(bytes.buffer),
      };
    },
    async save(options, job) {
      await settledMaps(session, job);
      const { name, type, bytes } = await saveMaps(session, options);
      return { header: { name, type }, bytes };
    },
  };
}

/** The maps, once those that are being made are there. Throws as `settledAnswer`. */
function settledMaps(session: FeatureMapGridSession, job: Job): Promise<ShownMaps> {
  return settledAnswer(session, () => session.work.isWorking, job);
}

/** @throws {ComputeError} "input" for a layer that is not on show. */
function layerNamed(layers: readonly MapLayer[], asked: unknown): MapLayer {
  const found = typeof asked === "number" ? layers.at(asked) : layers.find(({ name }) => name === asked);
  if (found) return found;
  throw new ComputeError(
    "input",
    `The layer ${JSON.stringify(asked)} is not on show.`,
    `On show are ${layers.map(({ name }) => name).join(", ")}.`,
  );
}
