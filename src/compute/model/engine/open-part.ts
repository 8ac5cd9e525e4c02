import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { LoadedModel } from "../loaded-model.ts";
import { foreignOperators } from "../onnx/foreign-operators.ts";
import type { OnnxNode } from "../onnx/onnx-model.ts";
import { type ChosenProcessor, chooseProcessor, type WantedProcessor } from "./choose-processor.ts";
import type { Engine } from "./engine.ts";
import { type ModelInput, sampleFeed } from "./model-inputs.ts";
import { refusedOperators } from "./operator-refusals.ts";
import { type RunnablePart, runnablePart } from "./runnable-part.ts";

/** The engine names one at a time, and reads the graph anew for the next. */
const MOST_REFUSALS = 8;

export interface OpenedPart {
  readonly part: RunnablePart;
  readonly chosen: ChosenProcessor;
}

/**
 * Open of a model what the engine has the operators for: where it refuses one, what doesn't stand on it.
 *
 * @throws ComputeError "input" for what is wrong with the file, and where no layer is left; "memory", "cancelled".
 */
export async function openPart(
  engine: Engine,
  model: LoadedModel,
  inputs: readonly ModelInput[],
  processor: WantedProcessor,
  job: Job,
): Promise<OpenedPart> {
  const feeds = inputs.map(sampleFeed);
  const refused = new Map<OnnxNode, OnnxNode>(foreignOperators(model.onnx));
  let refusal = refusedAsForeign(model, refused);
  for (let attempt = 0; attempt <= MOST_REFUSALS; attempt++) {
    const part = runnablePart(model, refused);
    if (!part) break;
    try {
      return { part, chosen: await chooseProcessor(engine, part.graph, feeds, processor, job) };
    } catch (thrown) {
      refusal = ComputeError.from(thrown);
      const more = [...refusedOperators(refusal, model.onnx)].filter(([node]) => !refused.has(node));
      if (more.length === 0) break;
      for (const [node, operator] of more) refused.set(node, operator);
    }
  }
  throw refusal;
}

function refusedAsForeign({ name }: LoadedModel, refused: ReadonlyMap<OnnxNode, OnnxNode>): ComputeError {
  const operators = [...new Set([...refused.values()].map(({ opType, domain }) => `${opType} (${domain})`))];
  const more = operators.length > 5 ? ` and ${operators.length - 5} more` : "";
  return new ComputeError(
    "input",
    `${name} has operators that are neither ONNX' nor ONNX Runtime's: ${operators.slice(0, 5).join(", ")}${more}.`,
    "Export the model with standard operators.",
  );
}
