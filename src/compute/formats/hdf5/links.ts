import type { FileReader } from "../file-reader.ts";
import { TREE_OF, walkTree1 } from "./b-tree-1.ts";
import { walkTree2 } from "./b-tree-2.ts";
import { FractalHeap } from "./fractal-heap.ts";
import type { Hdf5Source } from "./hdf5-source.ts";
import { type HeaderMessage, MESSAGE } from "./object-header.ts";

const text = new TextDecoder();
const HARD = 0;

/**
 * A group's children by name: addresses of their headers. Links by path, into this file or another, are left out: Keras
 * makes none.
 */
export function readLinks(source: Hdf5Source, messages: readonly HeaderMessage[]): ReadonlyMap<string, number> {
  const links = new Map<string, number>();
  for (const message of messages) {
    const reader = source.file.readerOver(message.body, "a group's links");
    if (message.type === MESSAGE.symbolTable) readSymbolTable(source, reader, links);
    else if (message.type === MESSAGE.link) readLink(source, reader, links);
    else if (message.type === MESSAGE.linkInfo) readDenseLinks(source, reader, links);
  }
  return links;
}

/** The old way: a B-tree of pages of entries, the names in a heap. */
function readSymbolTable(source: Hdf5Source, message: FileReader, links: Map<string, number>): void {
  const [tree, heap] = [source.target(message), source.target(message)];
  const head = source.structure(heap, "HEAP", "its local heap");
  head.skip(4);
  const size = source.length(head);
  source.length(head);
  const names = source.file.part(source.target(head), size, head.what);
  const readPage = (_: number, address: number): void => {
    const page = source.structure(address, "SNOD", "its symbol table");
    page.skip(2);
    for (let left = page.uint16(); left > 0; left--) {
      source.file.takeStep();
      const name = source.file.readerOver(names, head.what);
      name.skip(source.length(page));
      const object = source.address(page);
      page.skip(24);
      // A link by path has no header of its own.
      if (object !== null) links.set(text.decode(name.zeroEnded()), object);
    }
  };
  walkTree1(source, tree, TREE_OF.groups, (reader) => source.length(reader), readPage);
}

/** One link, as a message or as an object of a heap. */
function readLink(source: Hdf5Source, reader: FileReader, links: Map<string, number>): void {
  reader.skip(1);
  const flags = reader.uint8();
  const kind = flags & 8 ? reader.uint8() : HARD;
  reader.skip((flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0));
  const length = reader.uint(1 << (flags & 3));
  const name = text.decode(reader.take(length));
  if (kind === HARD) links.set(name, source.target(reader));
}

/** More than eight: in a heap, with a B-tree over their names. */
function readDenseLinks(source: Hdf5Source, reader: FileReader, links: Map<string, number>): void {
  reader.skip(1);
  const flags = reader.uint8();
  reader.skip(flags & 1 ? 8 : 0);
  const [heapAddress, tree] = [source.address(reader), source.address(reader)];
  if (heapAddress === null || tree === null) return;
  const heap = new FractalHeap(source, heapAddress);
  walkTree2(source, tree, (record) => {
    // The name's hash, by which they are sorted.
    record.skip(4);
    const object = heap.object(record.take(heap.idLength));
    readLink(source, source.file.readerOver(object, "a link of a large group"), links);
  });
}
