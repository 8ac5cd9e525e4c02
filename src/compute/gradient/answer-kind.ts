import type { LoadedModel } from "../model/loaded-model.ts";
import type { OnnxGraph } from "../model/onnx/onnx-model.ts";
import { inlineFunctions } from "../model/onnx/write/inline-functions.ts";
import { findHead } from "./head.ts";

/** What a model answers with for each class: a share of 1, or numbers that shares are made of. */
export type AnswerKind = "probabilities" | "logits";

/**
 * Told by what the graph ends in. The logarithms of a final LogSoftmax are logits too: a softmax makes the same shares of them.
 */
export function answerKind(graph: OnnxGraph): AnswerKind {
  const { activation } = findHead(graph, graph.outputs[0]?.name ?? "");
  return activation && activation.opType !== "LogSoftmax" ? "probabilities" : "logits";
}

/** The same of a model, whose last operator may lie in a local function. */
export function modelAnswers(model: LoadedModel): AnswerKind {
  return answerKind(inlineFunctions(model).onnx.graph);
}
