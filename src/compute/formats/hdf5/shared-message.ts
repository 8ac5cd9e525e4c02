import { ComputeError } from "../../errors.ts";
import type { Hdf5Source } from "./hdf5-source.ts";
import { readObjectHeader } from "./object-header.ts";

/** Of a shared message's kind: it stands in the file's own heap of messages. */
const IN_HEAP = 1;

/** The body of a message that another object has: a datatype that was committed, for one. */
export function readShared(source: Hdf5Source, body: Uint8Array<ArrayBuffer>, type: number): Uint8Array<ArrayBuffer> {
  const reader = source.file.readerOver(body, "a part that it shares");
  const version = reader.uint8();
  const kind = reader.uint8();
  if (version === 3 && kind === IN_HEAP) {
    throw new ComputeError(
      "input",
      `${source.file.name} keeps its types in one heap, which is not read here.`,
      "Save it again from Keras.",
    );
  }
  if (version === 1) reader.skip(6);
  const address = source.target(reader);
  const found = readObjectHeader(source, address).find((message) => message.type === type && !message.isShared);
  if (found === undefined) throw reader.damaged("isn't where it should be");
  return found.body;
}
