import { ComputeError } from "../../../errors.ts";
import { openHdf5 } from "../../../formats/hdf5/hdf5-object.ts";
import { hdf5Start } from "../../../formats/hdf5/superblock.ts";
import { isZip, ZipArchive } from "../../../formats/zip/zip-archive.ts";
import type { ModelFile } from "../../loaded-model.ts";
import type { KerasModel } from "../keras-model.ts";
import { readArchive } from "./read-archive.ts";
import { readH5 } from "./read-h5.ts";
import { refuseFormat } from "./refuse-format.ts";

/** True where bytes may be a Keras file: what it is inside is seen when it is read. */
export const mayBeKeras = (bytes: Uint8Array): boolean => isZip(bytes) || hdf5Start(bytes) !== null;

/**
 * A model that Keras saved, as `.keras` or `.h5`. Weights that lie in one piece are views of the file's bytes.
 *
 * @param files - What was given or dropped together; the first that can be a Keras file is read.
 * @throws {ComputeError} when none is a Keras model, by what it is instead; when it is damaged; when it needs code that is
 *   not in it.
 */
export async function readKeras(files: readonly ModelFile[]): Promise<KerasModel> {
  const file = files.find(({ bytes }) => mayBeKeras(bytes)) ?? files[0];
  if (file === undefined) throw new ComputeError("input", "No file was given.", "Give a .keras or .h5 file.");
  try {
    return await readFile(file);
  } catch (thrown) {
    throw ComputeError.from(thrown);
  }
}

async function readFile({ name: path, bytes }: ModelFile): Promise<KerasModel> {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (hdf5Start(bytes) !== null) return readH5(openHdf5(bytes, name), name);
  const archive = isZip(bytes) ? new ZipArchive(bytes, name) : null;
  archive?.refuseEncrypted();
  if (!archive?.names.includes("config.json")) throw refuseFormat(path, bytes, archive?.names ?? []);
  return readArchive(archive, name);
}
