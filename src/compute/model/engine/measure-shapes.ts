import { WireWriter } from "../onnx/wire/wire-writer.ts";
import type { Engine } from "./engine.ts";
import { type GraphFile, GraphSession } from "./graph-session.ts";
import type { Feed } from "./tensor-values.ts";

/**
 * The shapes of tensors for what the graph is asked with, by their names. The graph is run once with operators at its end
 * that tell shapes: no activation outlives its use, however many layers there are.
 */
export async function measureShapes(
  engine: Engine,
  { name, file, beside }: GraphFile,
  tensors: readonly string[],
  feeds: readonly Feed[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const graph = { name, file: withShapes(file, tensors), beside };
  const session = new GraphSession(engine, graph, { processor: "CPU", optimised: false });
  try {
    const answers = await session.run(feeds, tensors.map(shapeName));
    return new Map(tensors.map((tensor, place) => [tensor, [...(answers.get(shapeName(tensor, place))?.data ?? [])]]));
  } finally {
    await session.release();
  }
}

function shapeName(_: string, place: number): string {
  return `layerscope/shape/${place}`;
}

/** The file with one Shape operator for each tensor, its answer an output, added to its end: protobuf puts the pieces of a graph together. */
function withShapes(file: Uint8Array<ArrayBuffer>, tensors: readonly string[]): Uint8Array<ArrayBuffer> {
  const piece = new WireWriter();
  for (const [place, tensor] of tensors.entries()) {
    const name = shapeName(tensor, place);
    piece.message(1, new WireWriter().text(1, tensor).text(2, name).text(3, name).text(4, "Shape"));
    piece.message(12, new WireWriter().text(1, name));
  }
  return new WireWriter().raw(file).message(7, piece).finish();
}
