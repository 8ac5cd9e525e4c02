import type { WireReader } from "../wire/wire-reader.ts";

/** A `StringStringEntryProto`, put into a map. */
export function readEntry(reader: WireReader, into: Map<string, string>): void {
  let key = "";
  let value = "";
  while (reader.next())
    if (reader.field === 1) key = reader.text();
    else if (reader.field === 2) value = reader.text();
    else reader.skip();
  into.set(key, value);
}
