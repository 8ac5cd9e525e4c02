import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** Numbers of header messages that are read here. */
export const MESSAGE = {
  dataspace: 0x01,
  linkInfo: 0x02,
  datatype: 0x03,
  oldFillValue: 0x04,
  fillValue: 0x05,
  link: 0x06,
  externalFiles: 0x07,
  layout: 0x08,
  filters: 0x0b,
  attribute: 0x0c,
  continuation: 0x10,
  symbolTable: 0x11,
  attributeInfo: 0x15,
} as const;

/** One thing that is said of an object: its type, shape, an attribute, a link to a child. */
export interface HeaderMessage {
  readonly type: number;
  /** True where the body only says which other object has it. */
  readonly isShared: boolean;
  readonly body: Uint8Array<ArrayBuffer>;
}

const WHAT = "its object header";
/** Of a message's flags: its body stands elsewhere. */
const SHARED = 2;

/** All messages of the object at `address`, those of continuations too. */
export function readObjectHeader(source: Hdf5Source, address: number): readonly HeaderMessage[] {
  source.file.takeStep();
  const isNew = String.fromCharCode(...source.file.part(address, 4, WHAT)) === "OHDR";
  return isNew ? readNewHeader(source, address) : readOldHeader(source, address);
}

function readOldHeader(source: Hdf5Source, address: number): HeaderMessage[] {
  const head = source.file.reader(address, 16, WHAT);
  const version = head.uint8();
  if (version !== 1) throw head.damaged(`at byte ${address.toLocaleString("en-US")} has version ${version}`);
  head.skip(7);
  const blocks = [source.file.reader(address + 16, head.uint32(), WHAT)];
  return messagesOf(source, blocks, (block) => {
    if (block.left < 8) return null;
    const [type, size, flags] = [block.uint16(), block.uint16(), block.uint8()];
    block.skip(3);
    return { type, isShared: (flags & SHARED) !== 0, body: block.take(size) };
  });
}

function readNewHeader(source: Hdf5Source, address: number): HeaderMessage[] {
  const head = source.structure(address, "OHDR", WHAT);
  head.skip(1);
  const flags = head.uint8();
  head.skip((flags & 0x20 ? 16 : 0) + (flags & 0x10 ? 4 : 0));
  const size = head.uint(1 << (flags & 3));
  const start = head.at;
  head.skip(size);
  source.endWithChecksum(head);
  const orderSize = flags & 4 ? 2 : 0;
  const blocks = [source.file.reader(address + start, size, WHAT)];
  return messagesOf(source, blocks, (block) => {
    // What is left and too small for a message is a gap.
    if (block.left < 4 + orderSize) return null;
    const [type, length, messageFlags] = [block.uint8(), block.uint16(), block.uint8()];
    block.skip(orderSize);
    return { type, isShared: (messageFlags & SHARED) !== 0, body: block.take(length) };
  });
}

function messagesOf(
  source: Hdf5Source,
  blocks: FileReader[],
  next: (block: FileReader) => HeaderMessage | null,
): HeaderMessage[] {
  const found: HeaderMessage[] = [];
  for (let block = blocks.shift(); block !== undefined; block = blocks.shift()) {
    for (let message = next(block); message !== null; message = next(block)) {
      source.file.takeStep();
      if (message.type === MESSAGE.continuation) blocks.push(continuation(source, message.body));
      else found.push(message);
    }
  }
  return found;
}

/** The next block of a header; of a new one without its letters and checksum. */
function continuation(source: Hdf5Source, body: Uint8Array<ArrayBuffer>): FileReader {
  source.file.takeStep();
  const reader = source.file.readerOver(body, "its continued object header");
  const [at, length] = [source.target(reader), source.length(reader)];
  const block = source.file.reader(at, length, reader.what);
  if (length < 8 || String.fromCharCode(...block.bytes.subarray(0, 4)) !== "OCHK") return block;
  block.skip(length - 4);
  source.endWithChecksum(block);
  return source.file.reader(at + 4, length - 8, reader.what);
}
