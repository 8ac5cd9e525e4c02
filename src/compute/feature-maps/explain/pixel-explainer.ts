import { throwIfCancelled } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { Engine } from "../../model/engine/engine.ts";
import { pictureInput } from "../../model/engine/model-inputs.ts";
import type { OpenModel } from "../../model/engine/open-model.ts";
import { findLayer } from "../../model/layers/find-layer.ts";
import type { FoundLayer } from "../../model/layers/found-layer.ts";
import { layerFields } from "../field/layer-fields.ts";
import { layersWithShapes } from "../make-feature-maps.ts";
import { pictureShown } from "../picture-shown.ts";
import type { ReceptiveField } from "../receptive-field.ts";
import { explainPixel } from "./explain-pixel.ts";
import { LayerGraph } from "./layer/layer-graph.ts";
import { type LayerRun, runLayer } from "./layer/layer-run.ts";
import type { PixelAsked, PixelExplanation } from "./pixel-explanation.ts";

/** Layers between which a reader walks back and forth. */
const MOST_KEPT = 4;
/** The newest is kept however large it is. */
const MOST_BYTES = 128e6;

/** A layer that was run for a picture. */
interface RanLayer {
  readonly run: LayerRun;
  readonly field: ReceptiveField | null;
}

interface Kept {
  readonly key: string;
  /** A model that is loaded anew under the same name is another. */
  readonly open: OpenModel;
  readonly found: FoundLayer;
  readonly picture: Float32Array<ArrayBuffer>;
  readonly ran: Promise<RanLayer>;
  /** 0 until it was run. */
  bytes: number;
}

/** Explains pixels: a layer is run once for a picture, and walking over its maps costs no further run. */
export class PixelExplainer {
  /** The last used is last. */
  #kept: readonly Kept[] = [];

  /**
   * How a pixel of a feature map came about.
   *
   * @param key - The model's, by which it is forgotten.
   * @throws ComputeError "input" for a layer or a place that there isn't, "memory", "cancelled".
   */
  async explain(
    key: string,
    engine: Engine,
    open: OpenModel,
    asked: PixelAsked,
    { signal }: Job = {},
  ): Promise<PixelExplanation> {
    const { ran } = this.#take(key, engine, open, asked);
    const { run, field } = await ran;
    throwIfCancelled(signal);
    const { dims } = pictureInput(open.model.name, open.inputs);
    return explainPixel(run, asked, field, pictureShown(open.model.format, dims, asked.picture));
  }

  /** Let go of what is kept of a model. */
  forget(key: string): void {
    this.#kept = this.#kept.filter((kept) => kept.key !== key);
  }

  #take(key: string, engine: Engine, open: OpenModel, { layer, tensor, picture }: PixelAsked): Kept {
    const found = answerOf(findLayer(open.model.layers, layer), tensor);
    const isIt = (kept: Kept) =>
      kept.open === open && kept.found.output === found.output && areEqual(kept.picture, picture);
    const known = this.#kept.find(isIt);
    if (known) {
      this.#kept = [...this.#kept.filter((kept) => kept !== known), known];
      return known;
    }
    const made: Kept = { key, open, found, picture, ran: ranLayer(engine, open, found, picture), bytes: 0 };
    this.#kept = [...this.#kept, made].slice(-MOST_KEPT);
    made.ran.then(
      ({ run }) => {
        made.bytes = run.bytes;
        this.#dropOldest();
      },
      () => {
        this.#kept = this.#kept.filter((kept) => kept !== made);
      },
    );
    return made;
  }

  #dropOldest(): void {
    let sum = 0;
    const newest = [...this.#kept].reverse();
    const least = newest.filter(({ bytes }, place) => {
      sum += bytes;
      return place === 0 || sum <= MOST_BYTES;
    });
    this.#kept = least.reverse();
  }
}

async function ranLayer(
  engine: Engine,
  open: OpenModel,
  found: FoundLayer,
  picture: Float32Array<ArrayBuffer>,
): Promise<RanLayer> {
  const run = await runLayer(engine, open, new LayerGraph(open.model, found), picture);
  const { dims } = pictureInput(open.model.name, open.inputs);
  const fieldOf = layerFields(open.model, await layersWithShapes(open), dims, run.measured);
  return { run, field: fieldOf(found.output) };
}

function answerOf({ layer, output }: FoundLayer, tensor: string | undefined): FoundLayer {
  return { layer, output: layer.outputs.find((each) => each.tensor === tensor) ?? output };
}

/** By their bits, for what is no number is then equal to itself. */
function areEqual(one: Float32Array, other: Float32Array): boolean {
  if (one.length !== other.length) return false;
  const [left, right] = [one, other].map(
    ({ buffer, byteOffset, length }) => new Uint32Array(buffer, byteOffset, length),
  );
  for (let index = 0; index < one.length; index++) if (left?.[index] !== right?.[index]) return false;
  return true;
}
