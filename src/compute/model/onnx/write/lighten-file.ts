import { BYTES, type WireReader } from "../wire/wire-reader.ts";
import { WireWriter } from "../wire/wire-writer.ts";
import { copyField, copyRead, INITIALIZER, rewriteGraph } from "./rewrite-graph.ts";

/** Smaller tensors stay: shapes and settings, which the engine wants to see while it reads the graph. */
const LEAST_BYTES = 4096;
/** Fields of `TensorProto`. */
export const RAW_DATA = 9;
export const EXTERNAL_DATA = 13;
export const DATA_LOCATION = 14;
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
  let moved = false;
  const light = rewriteGraph(file, (part, into) => {
    if (part.field === INITIALIZER && part.wire === BYTES) into.message(INITIALIZER, lightTensor(part.message()));
    else copyField(part, into);
  });
  return moved ? { file: light, beside: new Map([[name, file]]) } : { file, beside: new Map() };

  function lightTensor(tensor: WireReader): WireWriter {
    const message = new WireWriter();
    // What the file itself says of the place, that it is here too: the last word counts, so none may follow ours.
    const own = new WireWriter();
    let raw: Uint8Array<ArrayBuffer> | null = null;
    let location = 0;
    while (tensor.next())
      if (tensor.field === RAW_DATA) raw = tensor.view();
      else if (tensor.field === DATA_LOCATION) {
        location = tensor.integer();
        copyRead(tensor, own);
      } else copyField(tensor, tensor.field === EXTERNAL_DATA ? own : message);
    if (!raw || raw.length < LEAST_BYTES || location === EXTERNAL) {
      if (raw) message.bytes(RAW_DATA, raw);
      return message.raw(own.finish());
    }
    moved = true;
    const place = { location: name, offset: raw.byteOffset - file.byteOffset, length: raw.length };
    for (const [key, value] of Object.entries(place))
      message.message(EXTERNAL_DATA, new WireWriter().text(1, key).text(2, String(value)));
    return message.integer(DATA_LOCATION, EXTERNAL);
  }
}
