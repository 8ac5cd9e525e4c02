import { ComputeError } from "../../../errors.ts";
import { onnxLayers } from "../../layers/onnx-layers.ts";
import type { LoadedModel, ModelFile } from "../../loaded-model.ts";
import { type TensorBeside, tensorsBeside } from "../all-tensors.ts";
import type { OnnxModel } from "../onnx-model.ts";
import { quantizedOperators } from "../quantized-operators.ts";
import { tensorBytes } from "../tensor-size.ts";
import { keepPaddings } from "../write/keep-paddings.ts";
import { lightenFile } from "../write/lighten-file.ts";
import { lookOfFile } from "./look-of-file.ts";
import { readOnnx } from "./read-onnx.ts";

/** Names that exporters give to what lies beside a model. */
const WEIGHTS_ALONE = /([._]data(?:[._]\d+)?|\.weights?|\.bin)$/i;

/**
 * An ONNX model of one file or several: the one that ends in .onnx, and those with its weights, in any order.
 * External data is known by its base name, for files are often given without their folders. Weights in the model's own
 * file are handed on as if they were external, which saves memory (`lightenFile`).
 *
 * @throws ComputeError "input" when a file with weights is missing (each is named) or too short, or when no file or
 * more than one may be the model.
 */
export function readOnnxFiles(files: readonly ModelFile[]): LoadedModel {
  const main = chooseModel(files);
  const name = baseName(main.name);
  const onnx = readMain(main.bytes, name);
  const outside = tensorsBeside(onnx);
  const others = files.filter((file) => file !== main);
  const beside = new Map<string, Uint8Array<ArrayBuffer>>();
  const missing = new Set<string>();
  for (const { data } of outside) {
    const file = fileAt(others, data.location);
    if (file) beside.set(data.location, file.bytes);
    else missing.add(baseName(data.location));
  }
  if (missing.size > 0) throw missingFiles(name, [...missing], others);
  for (const tensor of outside) checkRange(tensor, beside);
  const light = lightenFile(main.bytes, name);
  for (const [location, bytes] of light.beside) beside.set(location, bytes);
  const [version, layers, notes] = [versionOf(onnx), onnxLayers(onnx), notesOf(onnx)];
  return { format: "onnx", name, version, onnx, file: keepPaddings(light.file, onnx), beside, layers, notes };
}

/** What can't be read, looks like nothing else and is called as weights are, is a model's half that was given alone. */
function readMain(bytes: Uint8Array<ArrayBuffer>, name: string): OnnxModel {
  try {
    return readOnnx(bytes, name);
  } catch (thrown) {
    if (!(thrown instanceof ComputeError) || !WEIGHTS_ALONE.test(name) || lookOfFile(bytes)) throw thrown;
    const remedy = "Give it together with its .onnx file.";
    throw new ComputeError("input", `${name} holds weights alone.`, remedy, thrown.message);
  }
}

function versionOf({ opsets, producer }: OnnxModel): string {
  const opset = opsets.get("");
  return [opset === undefined ? "" : `opset ${opset}`, producer].filter(Boolean).join(", ");
}

/** Quantised models run, but what they answer lies on steps, and nothing can be derived of it. */
function notesOf(onnx: OnnxModel): readonly string[] {
  const operators = quantizedOperators(onnx);
  if (operators.length === 0) return [];
  return [`The model is quantised (${operators.join(", ")}): its activations lie on steps, and it has no gradients.`];
}

function chooseModel(files: readonly ModelFile[]): ModelFile {
  const named = files.filter(({ name }) => /\.onnx$/i.test(name));
  if (named.length > 1)
    throw new ComputeError(
      "input",
      `${named.length} models were given at once: ${named.map(({ name }) => baseName(name)).join(", ")}.`,
      "Give one .onnx file, with the files of its weights.",
    );
  const [first] = named.length > 0 ? named : [...files].sort((a, b) => a.bytes.length - b.bytes.length);
  if (!first) throw new ComputeError("input", "No file was given.", "Give an .onnx file.");
  return first;
}

function fileAt(files: readonly ModelFile[], location: string): ModelFile | undefined {
  const path = location.replace(/^\.\//, "");
  return (
    files.find(({ name }) => name === path || name.endsWith(`/${path}`)) ??
    files.find(({ name }) => baseName(name) === baseName(path)) ??
    files.find(({ name }) => baseName(name).toLowerCase() === baseName(path).toLowerCase())
  );
}

function baseName(path: string): string {
  return path.split(/[\\/]/).pop() || path;
}

function missingFiles(name: string, missing: readonly string[], others: readonly ModelFile[]): ComputeError {
  const given = others.map((file) => baseName(file.name));
  const shown = missing.length > 5 ? [...missing.slice(0, 5), `${missing.length - 5} more`] : missing;
  return new ComputeError(
    "input",
    `${name} keeps weights in ${missing.length === 1 ? "a file that is" : "files that are"} missing: ` +
      `${shown.join(", ")}${given.length > 0 ? ` (given: ${given.slice(0, 5).join(", ")})` : ""}.`,
    `Give ${missing.length === 1 ? "it" : "them"} together with ${name}, under ${missing.length === 1 ? "that name" : "these names"}.`,
    "",
    missing,
  );
}

function checkRange(tensor: TensorBeside, beside: ReadonlyMap<string, Uint8Array>): void {
  const { location, offset, length } = tensor.data;
  const end = offset + (length ?? tensorBytes(tensor.type, tensor.dims) ?? 0);
  const size = beside.get(location)?.length ?? 0;
  if (end <= size) return;
  throw new ComputeError(
    "input",
    `${baseName(location)} is truncated or belongs to another model: it has ${size.toLocaleString("en")} bytes, ` +
      `but "${tensor.name}" ends at byte ${end.toLocaleString("en")}.`,
    "Copy or download it again.",
  );
}
