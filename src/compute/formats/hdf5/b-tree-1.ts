import type { FileReader } from "../file-reader.ts";
import type { Hdf5Source } from "./hdf5-source.ts";

/** Far more levels than a file of any size needs. */
const MOST_LEVELS = 32;

/** What a tree holds: the children of a group, or the chunks of a dataset. */
export const TREE_OF = { groups: 0, chunks: 1 } as const;

/**
 * The leaves of an old B-tree, from left to right.
 *
 * @param readKey - Reads the key that stands before each child.
 * @param visit - Gets each leaf's key and address.
 */
export function walkTree1<Key>(
  source: Hdf5Source,
  root: number,
  type: number,
  readKey: (reader: FileReader) => Key,
  visit: (key: Key, address: number) => void,
): void {
  const descend = (address: number, above: number): void => {
    const reader = source.structure(address, "TREE", "its B-tree");
    if (reader.uint8() !== type) throw reader.damaged("is of the wrong kind");
    const level = reader.uint8();
    if (level >= above) throw reader.damaged(`has level ${level} under level ${above}`);
    const entries = reader.uint16();
    reader.skip(2 * source.addressSize);
    for (let entry = 0; entry < entries; entry++) {
      source.file.takeStep();
      const key = readKey(reader);
      const child = source.target(reader);
      if (level === 0) visit(key, child);
      else descend(child, level);
    }
  };
  descend(root, MOST_LEVELS);
}
