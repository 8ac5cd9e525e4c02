import { cast } from "../graph/layouts.ts";
import { answer, anyInput, type Emitter } from "./layer-call.ts";

/** A row of the table for each number. */
export const emitEmbedding: Emitter = (call) => {
  const { graph, options, weights } = call;
  const wire = anyInput(call);
  const width = options.count("output_dim");
  const [table] = weights.take([{ name: "embeddings", dims: [options.count("input_dim"), width] }]);
  const rows = wire.type === "int64" ? wire : cast(graph, call.layouts.channelsLast(wire), "int32");
  const tensor = graph.add("Gather", [table ? weights.tensor(table) : "", rows.tensor]);
  return answer({ tensor, shape: [...wire.shape, width], moved: false, type: "float32" });
};
