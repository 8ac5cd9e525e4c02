import { damagedFile } from "../file-error.ts";
import { type AttributeValue, readAttributes } from "./attributes.ts";
import { Hdf5Dataset } from "./dataset.ts";
import type { Hdf5Source } from "./hdf5-source.ts";
import { readLinks } from "./links.ts";
import { type HeaderMessage, MESSAGE, readObjectHeader } from "./object-header.ts";
import { readSuperblock } from "./superblock.ts";

/**
 * A group or a dataset, read when it is asked for.
 *
 * The reader is this project's own for three reasons: a damaged file is answered with a sentence in bounded time and
 * memory; datasets in one piece are views of the file, no copies; float16 and bfloat16 are read. Of the readers at hand
 * jsfive 0.4 fails on chunked files of the newer format and h5wasm 0.10 (1 MB packed) doesn't read float16.
 *
 * Read are superblocks 0 to 3, both kinds of headers, groups and attributes of both formats, and all layouts but virtual
 * ones and those in other files, with deflate, shuffle and Fletcher's checksum.
 */
export class Hdf5Object {
  readonly #source: Hdf5Source;
  readonly #messages: readonly HeaderMessage[];
  #attributes: ReadonlyMap<string, AttributeValue> | null = null;
  #links: ReadonlyMap<string, number> | null = null;
  readonly #children = new Map<string, Hdf5Object>();

  constructor(
    source: Hdf5Source,
    address: number,
    /** "/" of the root. */
    readonly path: string,
  ) {
    this.#source = source;
    this.#messages = readObjectHeader(source, address);
  }

  get attributes(): ReadonlyMap<string, AttributeValue> {
    this.#attributes ??= readAttributes(this.#source, this.#messages);
    return this.#attributes;
  }

  /** Names of a group's children, in the order of the file; none of a dataset. */
  get names(): readonly string[] {
    return [...this.#addresses().keys()];
  }

  get isDataset(): boolean {
    return this.#messages.some(({ type }) => type === MESSAGE.layout);
  }

  /** What lies under it by a path of names, "conv/kernel"; null where there is nothing. */
  find(path: string): Hdf5Object | null {
    let found: Hdf5Object | null = this;
    for (const name of path.split("/")) if (name !== "") found = found === null ? null : found.#child(name);
    return found;
  }

  /** @throws {ComputeError} when it is a group. */
  dataset(): Hdf5Dataset {
    if (!this.isDataset) throw damagedFile(this.#source.file.name, `${this.path} should hold numbers and is a group`);
    return new Hdf5Dataset(this.#source, this.path, this.#messages);
  }

  #child(name: string): Hdf5Object | null {
    const known = this.#children.get(name);
    const address = this.#addresses().get(name);
    if (known !== undefined || address === undefined) return known ?? null;
    const child = new Hdf5Object(this.#source, address, `${this.path === "/" ? "" : this.path}/${name}`);
    this.#children.set(name, child);
    return child;
  }

  #addresses(): ReadonlyMap<string, number> {
    this.#links ??= readLinks(this.#source, this.#messages);
    return this.#links;
  }
}

/**
 * The root group of an HDF5 file.
 *
 * @param bytes - The whole file; its datasets are views of it.
 * @param name - The file's name, for errors.
 * @throws {ComputeError} when it is none, damaged, or of a kind that is not read here, by name.
 */
export function openHdf5(bytes: Uint8Array<ArrayBuffer>, name: string): Hdf5Object {
  const { source, root } = readSuperblock(bytes, name);
  return new Hdf5Object(source, root, "/");
}
