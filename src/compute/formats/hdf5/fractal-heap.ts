import { ComputeError } from "../../errors.ts";
import { figure } from "../file-error.ts";
import type { FileReader } from "../file-reader.ts";
import { bytesFor, walkTree2 } from "./b-tree-2.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

const WHAT = "its fractal heap";
const [MANAGED, HUGE, TINY] = [0, 1, 2];

/** What the heap's head says of its blocks. */
interface HeapShape {
  readonly idLength: number;
  readonly hugeTree: number | null;
  /** Blocks in a row. */
  readonly width: number;
  readonly firstSize: number;
  /** Rows whose blocks hold objects; those below hold rows again. */
  readonly directRows: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly root: number | null;
  /** Of the root where it is a table of blocks; 0 where it is the only block. */
  readonly rootRows: number;
}

/**
 * The heap in which newer files keep what doesn't fit beside an object: attributes past 64 kB, links past eight.
 * Objects are asked for by the heap's own numbers, which the index of whatever the heap serves has.
 */
export class FractalHeap {
  readonly #source: Hdf5Source;
  readonly #shape: HeapShape;
  /** Where huge objects are, by number. */
  #huge: ReadonlyMap<number, { address: number; length: number }> | null = null;

  constructor(source: Hdf5Source, address: number) {
    this.#source = source;
    this.#shape = readShape(source, address);
  }

  /** Length of the heap's numbers, in bytes. */
  get idLength(): number {
    return this.#shape.idLength;
  }

  object(id: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    this.#source.file.takeStep();
    const reader = this.#source.file.readerOver(id, "a number in its fractal heap");
    const first = reader.uint8();
    const kind = (first >> 4) & 3;
    if (kind === TINY) return this.#tiny(reader, first);
    if (kind === HUGE) return this.#hugeObject(reader);
    if (kind !== MANAGED) throw reader.damaged(`is of kind ${kind}`);
    const [offset, length] = [reader.uint(this.#shape.offsetBytes), reader.uint(this.#shape.lengthBytes)];
    return this.#managed(offset, length);
  }

  #tiny(reader: FileReader, first: number): Uint8Array<ArrayBuffer> {
    // Numbers of more than 18 bytes leave room for lengths of more than 16.
    if (this.#shape.idLength <= 18) return reader.take((first & 15) + 1);
    return reader.take((((first & 15) << 8) | reader.uint8()) + 1);
  }

  #hugeObject(reader: FileReader): Uint8Array<ArrayBuffer> {
    const { addressSize, lengthSize, file } = this.#source;
    if (this.#shape.idLength > addressSize + lengthSize) {
      return file.part(this.#source.target(reader), this.#source.length(reader), "a large object in its fractal heap");
    }
    this.#huge ??= this.#readHuge();
    const found = this.#huge.get(reader.uint(Math.min(lengthSize, this.#shape.idLength - 1)));
    if (found === undefined) throw reader.damaged("leads nowhere");
    return file.part(found.address, found.length, "a large object in its fractal heap");
  }

  #readHuge(): ReadonlyMap<number, { address: number; length: number }> {
    const found = new Map<number, { address: number; length: number }>();
    if (this.#shape.hugeTree === null) return found;
    walkTree2(this.#source, this.#shape.hugeTree, (record) => {
      const [address, length] = [this.#source.target(record), this.#source.length(record)];
      found.set(this.#source.length(record), { address, length });
    });
    return found;
  }

  /** From the root down to the block that holds `offset` of the heap's own room. */
  #managed(offset: number, length: number): Uint8Array<ArrayBuffer> {
    const { root, rootRows, firstSize } = this.#shape;
    if (root === null) throw this.#source.file.readerOver(new Uint8Array(0), WHAT).damaged("is empty");
    let [address, start, rows, size] = [root, 0, rootRows, firstSize];
    while (rows > 0) ({ address, start, rows, size } = this.#below(address, start, rows, offset));
    const block = this.#source.structure(address, "FHDB", "a block of its fractal heap");
    const inside = offset - start;
    if (inside + length > size) throw block.damaged(`of ${figure(size)} bytes has no byte ${figure(inside + length)}`);
    return this.#source.file.part(address + inside, length, block.what);
  }

  /** The child of a table of `rows` rows that holds `offset`; a block of objects has no rows itself. */
  #below(at: number, start: number, rows: number, offset: number) {
    const { width, firstSize, directRows, offsetBytes } = this.#shape;
    const table = this.#source.structure(at, "FHIB", "a table of its fractal heap");
    table.skip(1 + this.#source.addressSize + offsetBytes);
    let from = start;
    for (let row = 0; row < rows; row++) {
      const size = sizeInRow(firstSize, row);
      const column = Math.floor((offset - from) / size);
      if (column < width) {
        table.skip((row * width + column) * this.#source.addressSize);
        const address = this.#source.target(table);
        const below = row < directRows ? 0 : Math.log2(size / firstSize / width) + 1;
        if (!Number.isInteger(below) || below >= rows) throw table.damaged("has rows that no table has");
        return { address, start: from + column * size, rows: below, size };
      }
      from += width * size;
    }
    throw table.damaged(`has no byte ${figure(offset)}`);
  }
}

/** Of a block in this row: the first two rows are alike, each further one doubles. */
const sizeInRow = (firstSize: number, row: number): number => firstSize * 2 ** Math.max(0, row - 1);

function readShape(source: Hdf5Source, address: number): HeapShape {
  const reader = source.structure(address, "FRHP", WHAT);
  reader.skip(1);
  const [idLength, filterLength] = [reader.uint16(), reader.uint16()];
  reader.skip(1);
  const mostManaged = reader.uint32();
  source.length(reader);
  const hugeTree = source.address(reader);
  // Free room and how many objects there are.
  reader.skip(9 * source.lengthSize + source.addressSize);
  const width = reader.uint16();
  const [firstSize, mostDirect] = [source.length(reader), source.length(reader)];
  const bits = reader.uint16();
  reader.skip(2);
  const root = source.address(reader);
  const rootRows = reader.uint16();
  if (filterLength > 0) {
    throw new ComputeError(
      "input",
      `${source.file.name} has names or attributes that are compressed, which are not read here.`,
      "Save it again from Keras.",
    );
  }
  source.endWithChecksum(reader);
  const isPower = (value: number) => Number.isInteger(Math.log2(value));
  if (!isPower(width) || !isPower(firstSize) || !isPower(mostDirect) || bits === 0 || bits > 64 || rootRows > 64) {
    throw reader.damaged(`has ${width} blocks of ${figure(firstSize)} to ${figure(mostDirect)} bytes in a row`);
  }
  const directRows = Math.log2(mostDirect / firstSize) + 2;
  const lengthBytes = bytesFor(Math.min(mostDirect, mostManaged));
  return {
    idLength,
    hugeTree,
    width,
    firstSize,
    directRows,
    offsetBytes: Math.ceil(bits / 8),
    lengthBytes,
    root,
    rootRows,
  };
}
