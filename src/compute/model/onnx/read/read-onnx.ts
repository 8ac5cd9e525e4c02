import { ComputeError } from "../../../errors.ts";
import type { OnnxFunction, OnnxModel } from "../onnx-model.ts";
import { WireError } from "../wire/wire-error.ts";
import { WireReader } from "../wire/wire-reader.ts";
import { lookOfFile, looksEncrypted } from "./look-of-file.ts";
import { readEntry } from "./read-entry.ts";
import { readFunction } from "./read-function.ts";
import { emptyGraph, finishGraph, readGraph } from "./read-graph.ts";
import { readOpset } from "./read-opset.ts";

/**
 * Read an ONNX file of IR version 3 to the newest (onnx.proto of ONNX 1.23). Weights stay where they lie in `bytes`.
 *
 * @param name - Of the file, for what errors say.
 * @throws ComputeError "input" for whatever is no ONNX model: the error says what it looks like, or where it breaks off.
 */
export function readOnnx(bytes: Uint8Array<ArrayBuffer>, name = "The file"): OnnxModel {
  const look = lookOfFile(bytes);
  // A .h5 that is something else was never said to be ONNX.
  const expected = /\.(h5|hdf5|keras)$/i.test(name) ? "model that can be read" : "ONNX model";
  if (look) throw new ComputeError("input", `${name} is no ${expected}: it looks like ${look.what}.`, look.remedy);
  try {
    return readModel(new WireReader(bytes), name);
  } catch (thrown) {
    throw thrown instanceof WireError ? inWords(thrown, bytes, name) : thrown;
  }
}

function readModel(reader: WireReader, name: string): OnnxModel {
  const draft = emptyGraph();
  const opsets = new Map<string, number>();
  const metadata = new Map<string, string>();
  const functions: OnnxFunction[] = [];
  const producer = { name: "", version: "" };
  let irVersion = 0;
  let hasGraph = false;
  while (reader.next())
    switch (reader.field) {
      case 1:
        irVersion = reader.integer();
        break;
      case 2:
        producer.name = reader.text();
        break;
      case 3:
        producer.version = reader.text();
        break;
      case 7:
        hasGraph = true;
        readGraph(reader.message(), draft);
        break;
      case 8:
        readOpset(reader.message(), opsets);
        break;
      case 14:
        readEntry(reader.message(), metadata);
        break;
      case 25:
        functions.push(readFunction(reader.message()));
        break;
      default:
        reader.skip();
    }
  if (!hasGraph)
    throw new ComputeError("input", `${name} is no ONNX model: it has no graph.`, "Give the .onnx file itself.");
  if (draft.nodes.length === 0)
    throw new ComputeError("input", `The graph of ${name} is empty: it has no operators.`, "Export the model again.");
  return {
    irVersion,
    opsets,
    producer: `${producer.name} ${producer.version}`.trim(),
    metadata,
    functions,
    graph: finishGraph(draft),
  };
}

function inWords({ fault, at, needed }: WireError, bytes: Uint8Array, name: string): ComputeError {
  const { length } = bytes;
  if (looksEncrypted(bytes))
    return new ComputeError(
      "input",
      `${name} is no model that can be read: its bytes look like chance, as when a file is encrypted or compressed.`,
      "Decrypt or unpack it first.",
    );
  const figure = (bytes: number) => bytes.toLocaleString("en");
  if (fault === "short")
    return new ComputeError(
      "input",
      `${name} is truncated or no ONNX model: it has ${figure(length)} bytes and needs ${figure(needed)} at least.`,
      "Copy or download it again.",
    );
  if (fault === "broken")
    return new ComputeError(
      "input",
      `${name} is damaged or no ONNX model: what it says at byte ${figure(at)} of ${figure(length)} makes no sense.`,
      "Copy or download it again.",
    );
  return new ComputeError(
    "input",
    fault === "deep"
      ? `${name} has graphs inside graphs, 100 levels deep at byte ${figure(at)}.`
      : `${name} has more parts than are read here: half a million at byte ${figure(at)}.`,
    "Export a smaller part of the model.",
  );
}
