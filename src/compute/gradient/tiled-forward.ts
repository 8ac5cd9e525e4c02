import { numberOf } from "../model/layers/attribute-values.ts";
import { slidingSides } from "../model/layers/sliding-sides.ts";
import { type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { Backward, operator } from "./backward.ts";
import type { CapturedGraph } from "./captured-graph.ts";
import { plus } from "./emit/arithmetic.ts";
import { reshapeTo } from "./emit/shape.ts";
import type { ForwardGraph } from "./forward-graph.ts";
import { convolveTiles, isForWinograd } from "./rules/windows/winograd.ts";

/** Operators of the forward half with what stands in their place: its last one makes the same tensor. */
export interface TiledForward {
  readonly replaced: ReadonlyMap<OnnxNode, readonly OnnxNode[]>;
  readonly initializers: readonly OnnxTensor[];
  /** Bytes of what the engine makes of the kernels. */
  readonly held: number;
}

/**
 * The convolutions of the forward half that take less time Winograd's way, as they are in it.
 *
 * @param prefix - Of all names that are added; no tensor of the file has it.
 */
export function tiledForward(forward: ForwardGraph, { shapes }: CapturedGraph, prefix: string): TiledForward {
  const emitter = new Backward(forward, new Set(), prefix, true);
  const replaced = new Map<OnnxNode, readonly OnnxNode[]>();
  for (const node of forward.graph.nodes) {
    const [data = "", kernels = "", bias = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const dims = shapes.get(data);
    const sizes = shapes.get(output)?.slice(2);
    // What the run did not come by is not needed.
    if (!dims || !sizes || !isTiled(node, emitter, sizes)) continue;
    const before = slidingSides(node, [3, 3], dims.slice(2)).map((side) => side.before);
    const start = emitter.nodes.length;
    const tiled = convolveTiles(emitter, data, { kernels, isBack: false, dims, before, sizes });
    const sum = bias === "" ? tiled : plus(emitter, tiled, reshapeTo(emitter, bias, [-1, 1, 1]));
    emitter.nodes.push(operator(`${sum}/as`, "Identity", [sum], [output]));
    replaced.set(node, emitter.nodes.slice(start));
  }
  return { replaced, initializers: emitter.initializers, held: emitter.held };
}

function isTiled(node: OnnxNode, emitter: Backward, sizes: readonly number[]): boolean {
  const [, kernels = ""] = node.inputs;
  if (node.opType !== "Conv" || node.domain !== "" || !emitter.isConstant(kernels)) return false;
  const dims = emitter.shape(kernels);
  const isDense = slidingSides(node, dims.slice(2), []).every(({ stride, dilation }) => stride === 1 && dilation === 1);
  const isSingle = emitter.type(kernels) === TENSOR_TYPES.float32;
  return isDense && isSingle && numberOf(node, "group", 1) === 1 && isForWinograd(emitter, dims, sizes);
}
