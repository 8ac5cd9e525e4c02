import { ComputeError } from "../../../errors.ts";
import { tensorsBeside } from "../all-tensors.ts";
import type { TensorBytes } from "../onnx-model.ts";
import { readOnnx } from "../read/read-onnx.ts";
import { readTensor } from "../read/read-tensor.ts";
import { BYTES, WireReader } from "../wire/wire-reader.ts";
import { WireWriter } from "../wire/wire-writer.ts";
import { DATA_LOCATION, EXTERNAL_DATA, type LightFile, RAW_DATA } from "./lighten-file.ts";
import { copyField, copyRead, INITIALIZER, rewriteGraph } from "./rewrite-graph.ts";

/** Protobuf counts the bytes of a message in 31 bits. */
const MOST_BYTES = 2 ** 31 - 1;

/**
 * The same model as one file, its weights in it: what `lightenFile` takes apart, and what an exporter wrote beside the
 * file, together again.
 *
 * @param name - The model's, for errors.
 * @throws ComputeError "memory" for more than an .onnx file can hold, before anything is copied; "input" for weights
 * that lie beside the file and that an operator keeps to itself.
 */
export function encloseWeights({ file, beside }: LightFile, name: string): Uint8Array<ArrayBuffer> {
  const model = readOnnx(file);
  const outside = tensorsBeside(model);
  const initializers = new Set(model.graph.initializers.map((tensor) => tensor.name));
  const hidden = outside.find((tensor) => !initializers.has(tensor.name));
  if (hidden)
    throw new ComputeError(
      "input",
      `The tensor "${hidden.name}" of ${name} lies beside the file, inside an operator.`,
      "Export the model with its weights as initializers.",
    );
  const bytes = outside.reduce((sum, { data }) => sum + placeIn(beside, data).length, file.length);
  if (bytes > MOST_BYTES)
    throw new ComputeError(
      "memory",
      `The graph takes ${(bytes / 1e9).toFixed(1)} GB with its weights; an .onnx file holds 2 GB.`,
      "Export the model in float16, or take a smaller one.",
    );
  return rewriteGraph(file, (part, into) => {
    if (part.field === INITIALIZER && part.wire === BYTES) {
      const tensor = part.message();
      const { data } = readTensor(new WireReader(tensor.bytes, tensor.position, tensor.end));
      if (data.kind === "here") copyRead(part, into);
      else into.message(INITIALIZER, wholeTensor(tensor, placeIn(beside, data)));
    } else copyField(part, into);
  });
}

function wholeTensor(tensor: WireReader, bytes: Uint8Array<ArrayBuffer>): WireWriter {
  const message = new WireWriter();
  while (tensor.next())
    if (tensor.field === EXTERNAL_DATA || tensor.field === DATA_LOCATION) tensor.skip();
    else copyField(tensor, message);
  return message.bytes(RAW_DATA, bytes);
}

function placeIn(beside: LightFile["beside"], data: Extract<TensorBytes, { kind: "beside" }>): Uint8Array<ArrayBuffer> {
  const whole = beside.get(data.location);
  if (!whole)
    throw new ComputeError("input", `The file "${data.location}" is missing.`, "Pass it beside the model.", "", [
      data.location,
    ]);
  return whole.subarray(data.offset, data.length === null ? undefined : data.offset + data.length);
}
