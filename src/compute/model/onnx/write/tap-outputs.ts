import { ComputeError } from "../../../errors.ts";
import type { OnnxModel } from "../onnx-model.ts";
import { readOnnx } from "../read/read-onnx.ts";
import { WireWriter } from "../wire/wire-writer.ts";

/**
 * The same model with more outputs, in the order given after those it has: names that are outputs already are left
 * out. The file is only added to, a piece of a graph that holds nothing but the new outputs: protobuf puts pieces of a
 * message together as they are read. The engine finds types and shapes by itself.
 *
 * @param file - An .onnx file; weights beside it stay where they are.
 * @param names - Tensors of the graph itself, not of graphs inside If or Loop.
 * @param model - The file as it was read, where that is known.
 * @throws ComputeError "input" for a name that no operator answers with.
 */
export function tapOutputs(
  file: Uint8Array<ArrayBuffer>,
  names: readonly string[],
  model: OnnxModel = readOnnx(file),
): Uint8Array<ArrayBuffer> {
  const { nodes, inputs, outputs } = model.graph;
  const there = new Set(outputs.map(({ name }) => name));
  const wanted = [...new Set(names)].filter((name) => !there.has(name));
  const known = new Set([...inputs.map(({ name }) => name), ...nodes.flatMap((node) => node.outputs)]);
  const unknown = wanted.filter((name) => name === "" || !known.has(name));
  if (unknown.length > 0)
    throw new ComputeError(
      "input",
      `The graph has no tensor named ${unknown.map((name) => `"${name}"`).join(", ")}.`,
      "Take names of tensors from the layer table.",
    );
  if (wanted.length === 0) return file;
  const piece = new WireWriter();
  for (const name of wanted) piece.message(12, new WireWriter().text(1, name));
  return new WireWriter().raw(file).message(7, piece).finish();
}
