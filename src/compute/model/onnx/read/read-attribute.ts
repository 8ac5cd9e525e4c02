import type { OnnxAttribute, OnnxTensor } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";
import { emptyGraph, finishGraph, type GraphDraft, readGraph } from "./read-graph.ts";
import { readTensor } from "./read-tensor.ts";

/** Numbers of `AttributeProto.AttributeType`. */
export const ATTRIBUTE_TYPES = { float: 1, int: 2, string: 3, tensor: 4, graph: 5, floats: 6, ints: 7, strings: 8 };

const KINDS = new Map(Object.entries(ATTRIBUTE_TYPES).map(([kind, number]) => [number, kind]));

/** An `AttributeProto`, put into a map by its name. */
export function readAttribute(reader: WireReader, into: Map<string, OnnxAttribute>): void {
  const bytes = reader.bytes.subarray(reader.position, reader.end);
  let name = "";
  let type = 0;
  let first = "";
  let number = 0;
  let string = "";
  let reference = "";
  let tensor: OnnxTensor | null = null;
  let graph: GraphDraft | null = null;
  const numbers: number[] = [];
  const strings: string[] = [];
  while (reader.next()) {
    const { field } = reader;
    if (field in BY_FIELD) first ||= BY_FIELD[field] ?? "";
    if (field === 1) name = reader.text();
    else if (field === 2) number = reader.float();
    else if (field === 3) number = reader.integer();
    else if (field === 4) string = reader.text();
    else if (field === 5) tensor = readTensor(reader.message());
    else if (field === 6) {
      graph ??= emptyGraph();
      readGraph(reader.message(), graph);
    } else if (field === 7) reader.floats(numbers);
    else if (field === 8) reader.integers(numbers);
    else if (field === 9) strings.push(reader.text());
    else if (field === 20) type = reader.integer();
    else if (field === 21) reference = reader.text();
    else reader.skip();
  }
  // Before IR version 2 an attribute didn't say its type: what it holds tells.
  const kind = type === 0 ? first : KINDS.get(type);
  const value = reference === "" ? attributeOf(kind) : ({ kind: "reference", to: reference, bytes } as const);
  into.set(name, value ?? { kind: "other", bytes });

  function attributeOf(kind: string | undefined): OnnxAttribute | null {
    if (kind === "int" || kind === "float") return { kind, value: number };
    if (kind === "string") return { kind, value: string };
    if (kind === "ints" || kind === "floats") return { kind, values: numbers };
    if (kind === "strings") return { kind, values: strings };
    if (kind === "tensor" && tensor) return { kind, tensor };
    if (kind === "graph" && graph) return { kind, graph: finishGraph(graph) };
    return null;
  }
}

/** What an attribute of a field is, by the field's number. */
const BY_FIELD: Readonly<Record<number, string>> = {
  2: "float",
  3: "int",
  4: "string",
  5: "tensor",
  6: "graph",
  7: "floats",
  8: "ints",
  9: "strings",
  21: "other",
};
