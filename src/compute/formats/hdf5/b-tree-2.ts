import { figure } from "../file-error.ts";
import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** Letters, version, type and checksum of a node. */
const NODE_FRAME = 10;
const MOST_LEVELS = 32;

/**
 * The records of a new B-tree, in order.
 *
 * @param visit - Gets a reader over each record's bytes.
 * @param size - Of a record, which the tree itself says too.
 */
export function walkTree2(
  source: Hdf5Source,
  address: number,
  visit: (record: FileReader, size: number) => void,
): void {
  const head = source.structure(address, "BTHD", "its B-tree");
  head.skip(2);
  const [nodeSize, recordSize, depth] = [head.uint32(), head.uint16(), head.uint16()];
  head.skip(2);
  const root = source.address(head);
  const rootRecords = head.uint16();
  source.length(head);
  source.endWithChecksum(head);
  if (depth > MOST_LEVELS || recordSize === 0 || nodeSize < NODE_FRAME) {
    throw head.damaged(`has ${depth} levels of nodes of ${nodeSize} bytes`);
  }
  const widths = pointerWidths(source, nodeSize, recordSize, depth);

  const descend = (at: number, records: number, level: number): void => {
    const node = source.structure(at, level === 0 ? "BTLF" : "BTIN", "its B-tree's node");
    node.skip(2);
    if (records * recordSize > node.left) throw node.damaged(`has ${figure(records)} records`);
    const found = Array.from({ length: records }, () => node.take(recordSize));
    const width = widths[level];
    const children =
      width === undefined
        ? []
        : Array.from({ length: records + 1 }, () => {
            const child = { address: source.target(node), records: node.uint(width.records) };
            node.skip(width.total);
            return child;
          });
    source.endWithChecksum(node);
    for (let place = 0; place <= records; place++) {
      const child = children[place];
      if (child !== undefined) descend(child.address, child.records, level - 1);
      const record = found[place];
      if (record === undefined) continue;
      source.file.takeStep();
      visit(source.file.readerOver(record, node.what), recordSize);
    }
  };
  if (root !== null && rootRecords > 0) descend(root, rootRecords, depth);
}

interface PointerWidth {
  /** Of the number of records in a child, in bytes. */
  readonly records: number;
  /** Of the number of records in it and under it; leaves have none. */
  readonly total: number;
}

/** How wide the pointers to children are on each level: as wide as the most that can be below needs. Leaves have none. */
function pointerWidths(
  source: Hdf5Source,
  nodeSize: number,
  recordSize: number,
  depth: number,
): (PointerWidth | undefined)[] {
  const leafMost = Math.floor((nodeSize - NODE_FRAME) / recordSize);
  const records = bytesFor(leafMost);
  const widths: (PointerWidth | undefined)[] = [undefined];
  let totalBelow = leafMost;
  for (let level = 1; level <= depth; level++) {
    const total = level === 1 ? 0 : bytesFor(totalBelow);
    widths.push({ records, total });
    const pointer = source.addressSize + records + total;
    const most = Math.floor((nodeSize - NODE_FRAME - pointer) / (recordSize + pointer));
    totalBelow = (most + 1) * totalBelow + most;
  }
  return widths;
}

/** Bytes that a number up to `most` needs. */
export const bytesFor = (most: number): number => Math.max(1, Math.min(8, Math.ceil(Math.log2(most + 1) / 8)));
