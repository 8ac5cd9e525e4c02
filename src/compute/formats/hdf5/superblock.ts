import { ComputeError } from "../../errors.ts";
import { FileBytes } from "../file-bytes.ts";
import { Hdf5Source } from "./hdf5-source.ts";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where a superblock may stand: others may write before it. */
const PLACES = [0, 512, 1_024, 2_048, 4_096, 8_192, 16_384];

/** Where in the bytes HDF5 begins; null where it doesn't. */
export function hdf5Start(bytes: Uint8Array): number | null {
  return PLACES.find((place) => SIGNATURE.every((byte, at) => bytes[place + at] === byte)) ?? null;
}

/**
 * The file's own head, of versions 0 to 3.
 *
 * @returns The file as its structures are addressed, and the address of the root group's header.
 */
export function readSuperblock(bytes: Uint8Array<ArrayBuffer>, name: string): { source: Hdf5Source; root: number } {
  const start = hdf5Start(bytes);
  if (start === null) throw new ComputeError("input", `${name} is no HDF5 file.`, "Give the file that Keras saved.");
  const file = new FileBytes(bytes.subarray(start), name);
  const reader = file.readerFrom(0, "its superblock");
  reader.skip(SIGNATURE.length);
  const version = reader.uint8();
  if (version > 3) {
    throw new ComputeError("input", `${name} is HDF5 with a superblock of version ${version}, known are 0 to 3.`, SAVE);
  }
  if (version < 2) reader.skip(4);
  const [addressSize, lengthSize] = [reader.uint8(), reader.uint8()];
  for (const size of [addressSize, lengthSize]) {
    if (![2, 4, 8].includes(size)) throw reader.damaged(`has addresses or lengths of ${size} bytes`);
  }
  const source = new Hdf5Source(file, addressSize, lengthSize);
  // Ends of nodes and flags of consistency, which nothing here needs; version 1 has one number more.
  if (version < 2) reader.skip(1 + 4 + 4 + (version === 1 ? 4 : 0));
  else reader.skip(1);
  // Base, free space or extension, end of file, driver or root: the root's entry begins with where its name is.
  reader.skip(addressSize * (version < 2 ? 4 : 3));
  if (version < 2) {
    source.length(reader);
    return { source, root: source.target(reader) };
  }
  const root = source.target(reader);
  source.endWithChecksum(reader);
  return { source, root };
}

const SAVE = "Save it again with a version of h5py before 4.";
