import type { FileReader } from "../file-reader.ts";
import { walkTree2 } from "./b-tree-2.ts";
import { elementsOf, readDataspace } from "./dataspace.ts";
import { type Hdf5Type, readDatatype } from "./datatype.ts";
import { readElements } from "./elements.ts";
import { FractalHeap } from "./fractal-heap.ts";
import type { Hdf5Source } from "./hdf5-source.ts";
import { type HeaderMessage, MESSAGE } from "./object-header.ts";
import { readShared } from "./shared-message.ts";

/** One value or a list of them; null where it is of a type that nothing here reads. */
export type AttributeValue = string | number | readonly string[] | readonly number[] | null;

const text = new TextDecoder();
const SHARED_TYPE = 1;
const SHARED_SPACE = 2;

export function readAttributes(
  source: Hdf5Source,
  messages: readonly HeaderMessage[],
): ReadonlyMap<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const message of messages) {
    const body = message.isShared ? readShared(source, message.body, message.type) : message.body;
    const reader = source.file.readerOver(body, "an attribute");
    if (message.type === MESSAGE.attribute) readAttribute(source, reader, attributes);
    else if (message.type === MESSAGE.attributeInfo) readDenseAttributes(source, reader, attributes);
  }
  return attributes;
}

function readAttribute(source: Hdf5Source, reader: FileReader, attributes: Map<string, AttributeValue>): void {
  const version = reader.uint8();
  if (version < 1 || version > 3) throw reader.damaged(`has version ${version}`);
  const flags = reader.uint8();
  const [nameSize, typeSize, spaceSize] = [reader.uint16(), reader.uint16(), reader.uint16()];
  if (version === 3) reader.skip(1);
  // Version 1 fills each part up to eight bytes.
  const takePart = (size: number) => {
    const part = reader.take(size);
    if (version === 1) reader.skip(Math.min(reader.left, -size & 7));
    return part;
  };
  const nameBytes = takePart(nameSize);
  const name = text.decode(nameBytes.subarray(0, Math.max(0, nameBytes.indexOf(0))));
  const typeBytes = takePart(typeSize);
  const spaceBytes = takePart(spaceSize);
  const part = (bytes: Uint8Array<ArrayBuffer>, isShared: boolean, type: number) => {
    const body = isShared ? readShared(source, bytes, type) : bytes;
    return source.file.readerOver(body, `its attribute ${name}`);
  };
  const type = readDatatype(part(typeBytes, version > 1 && (flags & SHARED_TYPE) !== 0, MESSAGE.datatype));
  const { dims } = readDataspace(
    source,
    part(spaceBytes, version > 1 && (flags & SHARED_SPACE) !== 0, MESSAGE.dataspace),
  );
  attributes.set(name, readValue(source, reader, type, dims));
}

function readValue(source: Hdf5Source, reader: FileReader, type: Hdf5Type, dims: readonly number[]): AttributeValue {
  const count = elementsOf(dims);
  if (type.kind === "other") return null;
  const values = readElements(source, reader.take(count * type.size), type, count);
  return dims.length === 0 ? (values[0] ?? null) : values;
}

/** More than eight of them, or one past 64 kB: in a heap, with a B-tree over their names. */
function readDenseAttributes(source: Hdf5Source, reader: FileReader, attributes: Map<string, AttributeValue>): void {
  reader.skip(1);
  const flags = reader.uint8();
  reader.skip(flags & 1 ? 2 : 0);
  const [heapAddress, tree] = [source.address(reader), source.address(reader)];
  if (heapAddress === null || tree === null) return;
  const heap = new FractalHeap(source, heapAddress);
  walkTree2(source, tree, (record) => {
    const object = heap.object(record.take(heap.idLength));
    readAttribute(source, source.file.readerOver(object, "an attribute of its heap"), attributes);
  });
}
