import { numberOf } from "../model/layers/attribute-values.ts";
import { slidingSides } from "../model/layers/sliding-sides.ts";
import type { OnnxNode, OnnxTensor } from "../model/onnx/onnx-model.ts";
import { operator } from "../model/onnx/operator.ts";
import { Backward } from "./backward.ts";
import type { CapturedGraph } from "./captured-graph.ts";
import { plus } from "./emit/arithmetic.ts";
import { reshapeTo } from "./emit/shape.ts";
import type { ForwardGraph } from "./forward-graph.ts";
import { convolveTiles, isForWinograd } from "./rules/windows/winograd.ts";
import type { TiledKernels } from "./tiled-kernels.ts";

/** Operators of the forward half with what stands in their place: its last one makes the same tensor. */
export interface TiledForward {
  readonly replaced: ReadonlyMap<OnnxNode, readonly OnnxNode[]>;
  readonly initializers: readonly OnnxTensor[];
}

/**
 * The convolutions of the forward half that take less time Winograd's way, as they are in it.
 *
 * @param tiles - Takes their kernels.
 * @param prefix - Of all other names that are added; no tensor of the file has it.
 */
export function tiledForward(
  forward: ForwardGraph,
  { shapes }: CapturedGraph,
  tiles: TiledKernels,
  prefix: string,
): TiledForward {
  const emitter = new Backward(forward, new Set(), prefix, tiles);
  const replaced = new Map<OnnxNode, readonly OnnxNode[]>();
  for (const node of forward.graph.nodes) {
    const [data = "", kernels = "", bias = ""] = node.inputs;
    const [output = ""] = node.outputs;
    const [wide, narrow] = [shapes.get(data), shapes.get(output)];
    // What the run did not come by is not needed.
    if (node.opType !== "Conv" || node.domain !== "" || !wide || !narrow) continue;
    const sides = slidingSides(node, emitter.shape(kernels).slice(2), wide.slice(2));
    const group = numberOf(node, "group", 1);
    if (!isForWinograd(emitter, kernels, { sides, group, wide, narrow })) continue;
    const before = sides.map((side) => side.before);
    const [dims, sizes] = [wide, narrow.slice(2)];
    const start = emitter.nodes.length;
    const tiled = convolveTiles(emitter, data, { kernels, isBack: false, dims, before, sizes });
    const sum = bias === "" ? tiled : plus(emitter, tiled, reshapeTo(emitter, bias, [-1, 1, 1]));
    emitter.nodes.push(operator(`${sum}/as`, "Identity", [sum], [output]));
    replaced.set(node, emitter.nodes.slice(start));
  }
  return { replaced, initializers: emitter.initializers };
}
