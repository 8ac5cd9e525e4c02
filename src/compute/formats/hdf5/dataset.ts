import { ComputeError } from "../../errors.ts";
import { damagedFile, figure } from "../file-error.ts";
import { storedChunks } from "./chunk-index.ts";
import { type DataLayout, readLayout } from "./data-layout.ts";
import { type Dataspace, elementsOf, readDataspace } from "./dataspace.ts";
import { type Hdf5Type, readDatatype } from "./datatype.ts";
import { readFillValue } from "./fill-value.ts";
import { readFilters, undoFilters } from "./filter-pipeline.ts";
import type { Hdf5Source } from "./hdf5-source.ts";
import { type HeaderMessage, MESSAGE } from "./object-header.ts";
import { placeChunk } from "./place-chunk.ts";
import { readShared } from "./shared-message.ts";

/** The elements of a dataset, and how to get at them. */
export class Hdf5Dataset {
  readonly type: Hdf5Type;
  readonly #space: Dataspace;
  readonly #layout: DataLayout;
  readonly #filters: readonly number[];
  readonly #fill: Uint8Array<ArrayBuffer> | null;

  constructor(
    readonly source: Hdf5Source,
    /** "/model_weights/conv/kernel". */
    readonly path: string,
    messages: readonly HeaderMessage[],
  ) {
    const reader = (type: number, what: string) => {
      const message = messages.find((candidate) => candidate.type === type);
      if (message === undefined) throw damagedFile(source.file.name, `${path} says nothing of ${what}`);
      const body = message.isShared ? readShared(source, message.body, type) : message.body;
      return source.file.readerOver(body, `${what} of ${path}`);
    };
    if (messages.some(({ type }) => type === MESSAGE.externalFiles)) throw this.#unread("in another file");
    this.type = readDatatype(reader(MESSAGE.datatype, "the type"));
    this.#space = readDataspace(source, reader(MESSAGE.dataspace, "the shape"));
    this.#layout = readLayout(source, reader(MESSAGE.layout, "the layout"));
    const hasFilters = messages.some(({ type }) => type === MESSAGE.filters);
    this.#filters = hasFilters ? readFilters(reader(MESSAGE.filters, "the filters")) : [];
    this.#fill = readFillValue(source, messages, this.type.size);
  }

  /** [] of a single element. */
  get dims(): readonly number[] {
    return this.#space.dims;
  }

  /** Length of all its elements, in bytes. */
  get byteLength(): number {
    return elementsOf(this.dims) * this.type.size;
  }

  /**
   * Its elements, little-endian and row-major: a view of the file where they lie there so, in one piece.
   *
   * @throws {ComputeError} when the file hasn't got them, or packs them with what is not read here.
   */
  async read(): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.#stored();
    return this.type.kind === "number" && this.type.isBigEndian ? swapped(bytes, this.type.size) : bytes;
  }

  async #stored(): Promise<Uint8Array<ArrayBuffer>> {
    const { file } = this.source;
    const layout = this.#layout;
    if (layout.kind === "chunked") return this.#unchunked(layout);
    if (layout.kind === "contiguous") {
      if (layout.address === null) return this.#filled();
      return file.part(layout.address, this.byteLength, `the data of ${this.path}`);
    }
    if (layout.bytes.length < this.byteLength) {
      const figures = `${figure(layout.bytes.length)} bytes, its shape needs ${figure(this.byteLength)}`;
      throw damagedFile(file.name, `${this.path} has ${figures}`);
    }
    return layout.bytes.subarray(0, this.byteLength);
  }

  async #unchunked({ chunk, index }: Extract<DataLayout, { kind: "chunked" }>): Promise<Uint8Array<ArrayBuffer>> {
    const { dims, mostDims } = this.#space;
    const { file } = this.source;
    if (chunk.length !== dims.length) {
      throw damagedFile(file.name, `${this.path} has ${dims.length} dimensions, its chunks ${chunk.length}`);
    }
    const elementSize = this.type.size;
    const whole = this.#filled();
    if (whole.length === 0) return whole;
    const chunkBytes = elementsOf(chunk) * elementSize;
    const countsIn = (sizes: readonly number[]) => sizes.map((size, along) => Math.ceil(size / (chunk[along] ?? 1)));
    const counts = countsIn(dims);
    const filters = this.#filters;
    const isFiltered = filters.length > 0;
    const grid = { index, counts, mostCounts: countsIn(mostDims), chunk, chunkBytes, isFiltered };
    for (const stored of storedChunks(this.source, grid)) {
      // Beyond what the dataset has since it shrank.
      if (stored.place.some((at, along) => !Number.isInteger(at) || at >= (counts[along] ?? 0))) continue;
      const what = `a chunk of ${this.path}`;
      const packed = file.part(stored.address, stored.size, what);
      const undo = { filters, mask: stored.mask, length: chunkBytes, elementSize };
      const bytes = await undoFilters(this.source, packed, undo, what);
      if (bytes.length < chunkBytes) {
        throw damagedFile(file.name, `${what} has ${figure(bytes.length)} bytes of ${figure(chunkBytes)}`);
      }
      placeChunk(whole, bytes, { dims, chunk, place: stored.place, elementSize });
    }
    return whole;
  }

  /** As it is where nothing was written. */
  #filled(): Uint8Array<ArrayBuffer> {
    this.source.file.takeMemory(this.byteLength, this.path);
    const bytes = new Uint8Array(this.byteLength);
    if (this.#fill !== null) for (let at = 0; at < bytes.length; at += this.#fill.length) bytes.set(this.#fill, at);
    return bytes;
  }

  #unread(where: string): ComputeError {
    const cause = `${this.source.file.name} keeps ${this.path} ${where}, which is not read here.`;
    return new ComputeError("input", cause, "Save it again from Keras.");
  }
}

function swapped(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const turned = bytes.slice();
  for (let at = 0; at < turned.length; at += size) turned.subarray(at, at + size).reverse();
  return turned;
}
