import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { ModelLayer } from "../../compute/model/model-layer.ts";
import type { PageModel } from "./page-model.ts";

/** The layer table with every shape; as the file tells of it where the engine can't run it with all its answers at once. */
export async function layersOfModel(model: PageModel, job: Job): Promise<readonly ModelLayer[]> {
  job.onProgress?.({ stage: `Listing the layers of ${model.facts.name}`, done: 0, total: 0, unit: "" });
  try {
    return await model.layers(job);
  } catch (thrown) {
    if (ComputeError.from(thrown).kind !== "memory") throw thrown;
    return model.facts.layers;
  }
}
