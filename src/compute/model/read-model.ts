import { convertKeras } from "./keras/convert/convert-keras.ts";
import { mayBeKeras, readKeras } from "./keras/read/read-keras.ts";
import type { LoadedModel, ModelFile } from "./loaded-model.ts";
import { moveWeights } from "./onnx/move-weights.ts";
import { readOnnxFiles } from "./onnx/read/read-onnx-files.ts";
import { writeOnnx } from "./onnx/write/write-onnx.ts";

/**
 * Read a model of whichever kind: an .onnx file with what lies beside it, a .keras or an .h5 file. A Keras model becomes
 * an ONNX graph, its weights the file's own bytes where they need not be turned.
 *
 * @param shape - One picture's, where a Keras file leaves its first input's open.
 * @throws ComputeError "input" for what is no model, or one that can't be run, by name.
 */
export async function readModel(files: readonly ModelFile[], shape: readonly number[] | null): Promise<LoadedModel> {
  const saved = files.find(({ bytes }) => mayBeKeras(bytes));
  if (!saved || files.some(({ name }) => /\.onnx$/i.test(name))) return readOnnxFiles(files);
  const read = await readKeras(files);
  const { onnx, layers, notes } = convertKeras(read, shape ? { inputShapes: [[null, ...shape]] } : {});
  const { model, beside } = moveWeights(onnx);
  const name = saved.name.split(/[\\/]/).pop() || saved.name;
  const version = `Keras ${read.kerasVersion}`.trim();
  return { format: "keras", name, version, onnx: model, file: writeOnnx(model), beside, layers, notes };
}
