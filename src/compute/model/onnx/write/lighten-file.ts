import { BYTES, WireReader } from "../wire/wire-reader.ts";
import { WireWriter } from "../wire/wire-writer.ts";

/** Smaller tensors stay: shapes and settings, which the engine wants to see while it reads the graph. */
const LEAST_BYTES = 4096;
/** Fields of `ModelProto`, `GraphProto`, `TensorProto`. */
const GRAPH = 7;
const INITIALIZER = 5;
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;
const EXTERNAL = 1;

/** A graph without its weights, and where these are. */
export interface LightFile {
  readonly file: Uint8Array<ArrayBuffer>;
  /** The given file itself under the given name, or nothing where no weight was worth it. */
  readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * The same model with its weights as external data, in the file that they are in already: nothing but the graph is
 * copied. The engine would otherwise hold the whole file beside the weights that it takes out of it (of 100 MB in
 * convolutions: 226 MB of WebAssembly's memory in onnxruntime-web 1.30, and 120 MB this way), and each set of outputs
 * added would be a copy of the file.
 *
 * @param file - An .onnx file that can be read.
 * @param name - What the weights' place is to be called.
 */
export function lightenFile(file: Uint8Array<ArrayBuffer>, name: string): LightFile {
  const light = new WireWriter();
  const model = new WireReader(file);
  let moved = false;
  while (model.next())
    if (model.field === GRAPH && model.wire === BYTES) light.message(GRAPH, lightGraph(model.message()));
    else copyField(model, light);
  return moved ? { file: light.finish(), beside: new Map([[name, file]]) } : { file, beside: new Map() };

  function lightGraph(graph: WireReader): WireWriter {
    const message = new WireWriter();
    while (graph.next())
      if (graph.field === INITIALIZER && graph.wire === BYTES)
        message.message(INITIALIZER, lightTensor(graph.message()));
      else copyField(graph, message);
    return message;
  }

  function lightTensor(tensor: WireReader): WireWriter {
    const message = new WireWriter();
    while (tensor.next()) {
      if (tensor.field !== RAW_DATA) {
        copyField(tensor, message);
        continue;
      }
      const bytes = tensor.view();
      if (bytes.length < LEAST_BYTES) message.bytes(RAW_DATA, bytes);
      else {
        moved = true;
        const place = { location: name, offset: bytes.byteOffset - file.byteOffset, length: bytes.length };
        for (const [key, value] of Object.entries(place))
          message.message(EXTERNAL_DATA, new WireWriter().text(1, key).text(2, String(value)));
        message.integer(DATA_LOCATION, EXTERNAL);
      }
    }
    return message;
  }
}

function copyField(from: WireReader, into: WireWriter): void {
  from.skip();
  into.raw(from.bytes.subarray(from.start, from.position));
}
