import type {
  FeatureVisualization,
  VisualizationAsked,
} from "../../../compute/feature-visualization/visualize-model.ts";
import type { DeclaredPreprocessing } from "../../../compute/features/preprocess/declared-preprocessing.ts";
import type { PageModel } from "../../models/page-model.ts";

/** Pictures that are kept for when a reader comes back to a channel. */
const MOST = 64;

type GrowingModel = Pick<PageModel, "facts" | "visualizeFeature">;
type GrowingJob = Parameters<PageModel["visualizeFeature"]>[2];

/** What excites parts of a model most, each grown once. */
export class GrownPictures {
  /** By the model, then by what was asked. Another one once it is cleared: what comes late stays out of it. */
  #grown = new WeakMap<GrowingModel["facts"], Map<string, FeatureVisualization>>();

  /** @throws {ComputeError} as `PageModel.visualizeFeature`. */
  async of(
    model: GrowingModel,
    asked: VisualizationAsked,
    preprocessing: DeclaredPreprocessing,
    job: GrowingJob = {},
  ): Promise<FeatureVisualization> {
    const known = this.known(model, asked);
    if (known) return known;
    const grown = this.#grown.get(model.facts) ?? new Map<string, FeatureVisualization>();
    this.#grown.set(model.facts, grown);
    const made = await model.visualizeFeature(asked, preprocessing, job);
    if (!made.isStopped) grown.set(keyOf(asked), made);
    const [oldest] = grown.keys();
    if (grown.size > MOST && oldest !== undefined) grown.delete(oldest);
    return made;
  }

  /** What was grown before; null: nothing. */
  known({ facts }: Pick<GrowingModel, "facts">, asked: VisualizationAsked): FeatureVisualization | null {
    return this.#grown.get(facts)?.get(keyOf(asked)) ?? null;
  }

  /** Black and white are others now. */
  clear(): void {
    this.#grown = new WeakMap();
  }
}

function keyOf({ target, options }: VisualizationAsked): string {
  return JSON.stringify([target, options]);
}
