import { ints } from "../graph/attributes.ts";
import { cast } from "../graph/layouts.ts";
import { type Shape, sizeOf, type Wire } from "../graph/wire.ts";
import { multiplyLast } from "./dense.ts";
import {
  answer,
  anyInput,
  cannot,
  type Emitter,
  inputOf,
  isWire,
  known,
  type LayerAnswer,
  type LayerCall,
} from "./layer-call.ts";
import { emitSoftmax } from "./softmax.ts";

/** What a masked score becomes: `_large_negative_number` of Keras. */
const MASKED = -1e9;

interface Heads {
  /** Of the queries. */
  readonly heads: number;
  /** Of keys and values; each serves `heads / keyHeads` of the queries'. */
  readonly keyHeads: number;
  readonly keyWidth: number;
  readonly valueWidth: number;
  readonly outputWidth: number;
}

/** Who asks, what is weighed, and by what. */
function argumentsOf(call: LayerCall): { query: Wire; value: Wire; key: Wire; mask: Wire | null } {
  const named = (name: string, place: number): Wire | null => {
    const found = call.named[name] ?? call.args[place];
    return isWire(found) ? cast(call.graph, call.layouts.channelsLast(found), "float32") : null;
  };
  const query = named("query", 0) ?? call.layouts.channelsLast(inputOf(call));
  const value = named("value", 1) ?? query;
  const mask = call.named.attention_mask;
  for (const other of ["query_mask", "value_mask", "key_mask"])
    if (isWire(call.named[other])) throw cannot(call, `is called with a ${other}`);
  return { query, value, key: named("key", 2) ?? value, mask: isWire(mask) ? mask : null };
}

/** What is added to the scores, as constants of (queries, keys): who may look at whom. */
function positionBias(call: LayerCall, queries: number | null, keys: number | null): string | null {
  const causal = call.named.use_causal_mask === true;
  const window = call.options.numberOrNull("sliding_window");
  if (!causal && window === null) return null;
  const rows = known(call, queries, "number of queries");
  const columns = known(call, keys, "number of keys");
  const seen = (row: number, column: number) =>
    (!causal || column <= row) && (window === null || Math.abs(row - column) < window);
  const bias = Float32Array.from({ length: rows * columns }, (_, index) =>
    seen(Math.floor(index / columns), index % columns) ? 0 : MASKED,
  );
  return call.graph.floats(bias, [rows, columns]);
}

/** A mask of the call as what is added to scores of (batch, heads, queries, keys). */
function maskBias(call: LayerCall, mask: Wire): string {
  const { graph } = call;
  const seen = cast(graph, mask, "bool").tensor;
  const bias = graph.add("Where", [seen, graph.scalar(0), graph.scalar(MASKED)]);
  return mask.shape.length === 3 ? graph.add("Unsqueeze", [bias, graph.integers([1])]) : bias;
}

interface Projection {
  readonly kernel: string;
  readonly bias: string | null;
}

/** (batch, places, heads * width) as (batch, heads, places, width). */
function splitHeads(call: LayerCall, wire: Wire, heads: number, width: number): string {
  const { graph } = call;
  const parted = graph.add("Reshape", [wire.tensor, graph.integers([0, 0, heads, width])]);
  return graph.add("Transpose", [parted], { perm: ints([0, 2, 1, 3]) });
}

function attend(call: LayerCall, { heads, keyHeads, keyWidth, valueWidth, outputWidth }: Heads): LayerAnswer {
  const { graph, options, weights } = call;
  const { query, value, key, mask } = argumentsOf(call);
  if ([query, value, key].some(({ shape }) => shape.length !== 3))
    throw cannot(call, "attends over more than one axis");
  const biased = options.flag("use_bias", true);
  const gated = options.flag("use_gate");
  const from = (wire: Wire) => known(call, wire.shape.at(-1), "number of features");
  const projections = [
    { name: "query", dims: [from(query), heads, keyWidth] },
    { name: "key", dims: [from(key), keyHeads, keyWidth] },
    ...(gated ? [{ name: "gate", dims: [from(query), heads, valueWidth] }] : []),
    { name: "value", dims: [from(value), keyHeads, valueWidth] },
    { name: "attention_output", dims: [heads, valueWidth, outputWidth] },
  ];
  const taken = weights.take(
    projections.flatMap(({ name, dims }) => {
      const last = name === "attention_output" ? dims.slice(2) : dims.slice(1);
      return [{ name: `${name}/kernel`, dims }, ...(biased ? [{ name: `${name}/bias`, dims: last }] : [])];
    }),
  );
  const projection = (name: string): Projection => {
    const index = projections.findIndex((one) => one.name === name);
    const dims = projections[index]?.dims ?? [];
    const [rows = 1, middle = 1, last = 1] = dims;
    const whole = name === "attention_output" ? [rows * middle, last] : [rows, middle * last];
    const [kernel, bias] = biased ? taken.slice(index * 2) : taken.slice(index);
    return {
      kernel: kernel ? weights.tensor(kernel, { dims: whole }) : "",
      bias: biased && bias ? weights.tensor(bias, { dims: [whole[1] ?? 1] }) : null,
    };
  };
  const project = (name: string, wire: Wire, width: number): Wire => {
    const { kernel, bias } = projection(name);
    return multiplyLast(call, wire, kernel, bias, width);
  };
  const repeats = heads / keyHeads;
  const scaled = graph.add("Mul", [
    splitHeads(call, project("query", query, heads * keyWidth), heads, keyWidth),
    graph.scalar(1 / Math.sqrt(keyWidth)),
  ]);
  // Queries that share a key's head become queries of one head, one after the other.
  const share = (tensor: string, width: number) =>
    repeats === 1 ? tensor : graph.add("Reshape", [tensor, graph.integers([0, keyHeads, repeats, -1, width])]);
  const among = (tensor: string) => (repeats === 1 ? tensor : graph.add("Unsqueeze", [tensor, graph.integers([2])]));
  const keys = splitHeads(call, project("key", key, keyHeads * keyWidth), keyHeads, keyWidth);
  const turned = graph.add("Transpose", [keys], { perm: ints([0, 1, 3, 2]) });
  let scores = graph.add("MatMul", [share(scaled, keyWidth), among(turned)]);
  const bias = positionBias(call, query.shape[1] ?? null, key.shape[1] ?? null);
  if (bias !== null) scores = graph.add("Add", [scores, bias]);
  if (mask) {
    if (repeats !== 1) throw cannot(call, "is called with an attention_mask");
    scores = graph.add("Add", [scores, maskBias(call, mask)]);
  }
  const [batch = null, places = null] = query.shape;
  const shape: Shape = [batch, heads, places, key.shape[1] ?? null];
  const weighed = graph.add("Softmax", [scores]);
  const values = splitHeads(call, project("value", value, keyHeads * valueWidth), keyHeads, valueWidth);
  const mixed = graph.add("MatMul", [weighed, among(values)]);
  const whole = repeats === 1 ? mixed : graph.add("Reshape", [mixed, graph.integers([0, heads, -1, valueWidth])]);
  const back = graph.add("Transpose", [whole], { perm: ints([0, 2, 1, 3]) });
  let joined = graph.add("Reshape", [back, graph.integers([0, 0, heads * valueWidth])]);
  if (gated) {
    const gate = project("gate", query, heads * valueWidth);
    joined = graph.add("Mul", [joined, graph.add("Sigmoid", [gate.tensor])]);
  }
  const context: Wire = { tensor: joined, shape: [batch, places, heads * valueWidth], moved: false, type: "float32" };
  const output = project("attention_output", context, outputWidth);
  const multiplyAdds = countMultiplyAdds(query, key, value, { heads, keyHeads, keyWidth, valueWidth, outputWidth });
  if (call.named.return_attention_scores !== true) return answer(output, { multiplyAdds });
  if (repeats !== 1) throw cannot(call, "returns its scores");
  return { outputs: [output, { tensor: weighed, shape, moved: false, type: "float32" }], multiplyAdds };
}

function countMultiplyAdds(query: Wire, key: Wire, value: Wire, by: Heads): number | null {
  const asked = query.shape[1] ?? null;
  const seen = key.shape[1] ?? null;
  if (asked === null || seen === null) return null;
  const width = (wire: Wire) => wire.shape.at(-1) ?? 0;
  const projections =
    asked * width(query) * by.heads * by.keyWidth +
    seen * width(key) * by.keyHeads * by.keyWidth +
    seen * width(value) * by.keyHeads * by.valueWidth +
    asked * by.heads * by.valueWidth * by.outputWidth;
  return projections + asked * seen * by.heads * (by.keyWidth + by.valueWidth);
}

/** Keras' attention of several heads over the second axis of (batch, places, features). */
export const emitMultiHeadAttention: Emitter = (call) => {
  const { options } = call;
  const asked = anyInput(call);
  const axes = options.has("attention_axes") ? options.integers("attention_axes") : [1];
  if (axes.length !== 1 || (axes[0] !== 1 && axes[0] !== -2))
    throw cannot(call, "attends over other axes than the second");
  const output = options.has("output_shape") ? options.integers("output_shape") : [];
  if (output.length > 1) throw cannot(call, "answers in more than one axis");
  const heads = options.count("num_heads");
  const keyWidth = options.count("key_dim");
  return attend(call, {
    heads,
    keyHeads: heads,
    keyWidth,
    valueWidth: options.count("value_dim", keyWidth),
    outputWidth: output[0] ?? known(call, asked.shape.at(-1), "number of features"),
  });
};

/** Attention whose keys serve several heads of queries each. */
export const emitGroupedAttention: Emitter = (call) => {
  const { options } = call;
  const heads = options.count("num_query_heads");
  const keyHeads = options.count("num_key_value_heads");
  const width = options.count("head_dim");
  if (heads % keyHeads) throw cannot(call, `shares ${keyHeads} heads of keys among ${heads} of queries`);
  const outputWidth = known(call, anyInput(call).shape.at(-1), "number of features");
  return attend(call, { heads, keyHeads, keyWidth: width, valueWidth: width, outputWidth });
};

/** Luong's attention: scores are products of queries and keys, without projections. */
export const emitDotAttention: Emitter = (call) => {
  const { graph, options, weights } = call;
  if (options.has("score_mode") && options.config.score_mode !== "dot") throw cannot(call, "adds queries and keys up");
  if (isWire(call.named.mask)) throw cannot(call, "is called with a mask");
  const query = call.layouts.channelsLast(inputOf(call, 0));
  const value = call.layouts.channelsLast(inputOf(call, 1));
  const key = call.inputs.length > 2 ? call.layouts.channelsLast(inputOf(call, 2)) : value;
  const turned = graph.add("Transpose", [key.tensor], { perm: ints([0, 2, 1]) });
  let scores = graph.add("MatMul", [query.tensor, turned]);
  if (options.flag("use_scale")) {
    const [scale] = weights.take([{ name: "scale", dims: [] }]);
    scores = graph.add("Mul", [scores, scale ? weights.tensor(scale) : ""]);
  }
  const bias = positionBias(call, query.shape[1] ?? null, key.shape[1] ?? null);
  if (bias !== null) scores = graph.add("Add", [scores, bias]);
  const [batch = null, places = null] = query.shape;
  const shape = [batch, places, key.shape[1] ?? null];
  const weighed = emitSoftmax(call, { tensor: scores, shape, moved: false, type: "float32" }, -1);
  const mixed = graph.add("MatMul", [weighed.tensor, value.tensor]);
  const output = { ...weighed, tensor: mixed, shape: [batch, places, value.shape.at(-1) ?? null] };
  const perPair = (query.shape.at(-1) ?? 0) + (value.shape.at(-1) ?? 0);
  const pairs = sizeOf(shape.slice(1));
  const multiplyAdds = pairs === null ? null : pairs * perPair;
  return { outputs: call.named.return_attention_scores === true ? [output, weighed] : [output], multiplyAdds };
};
