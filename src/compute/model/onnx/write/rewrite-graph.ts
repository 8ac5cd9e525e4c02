import { BYTES, WireReader } from "../wire/wire-reader.ts";
import { WireWriter } from "../wire/wire-writer.ts";

/** Fields of `ModelProto` and `GraphProto`. */
export const GRAPH = 7;
export const NODE = 1;
export const INITIALIZER = 5;
export const INPUT = 11;
export const OUTPUT = 12;
export const VALUE = 13;

/**
 * An .onnx file with another graph: what is around it stays as it is, and so does each part of it that is copied. Weights
 * beside the file stay where they are.
 *
 * @param writePart - Writes what takes a part's place: itself (`copyField`), something else or nothing. It is called for
 * each, in the file's order, of which the reader stands at the beginning.
 */
export function rewriteGraph(
  file: Uint8Array<ArrayBuffer>,
  writePart: (part: WireReader, into: WireWriter) => void,
): Uint8Array<ArrayBuffer> {
  const written = new WireWriter();
  const model = new WireReader(file);
  while (model.next())
    if (model.field === GRAPH && model.wire === BYTES) {
      const graph = model.message();
      const message = new WireWriter();
      while (graph.next()) writePart(graph, message);
      written.message(GRAPH, message);
    } else copyField(model, written);
  return written.finish();
}

/** The field that a reader stepped onto, as it is. */
export function copyField(from: WireReader, into: WireWriter): void {
  from.skip();
  copyRead(from, into);
}

/** As `copyField`, of a field whose value was read. */
export function copyRead(from: WireReader, into: WireWriter): void {
  into.raw(from.bytes.subarray(from.start, from.position));
}
