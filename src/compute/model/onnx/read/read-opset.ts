import type { WireReader } from "../wire/wire-reader.ts";
import { plainDomain } from "./read-node.ts";

/** An `OperatorSetIdProto`. */
export function readOpset(reader: WireReader, into: Map<string, number>): void {
  let domain = "";
  let version = 0;
  while (reader.next())
    if (reader.field === 1) domain = plainDomain(reader.text());
    else if (reader.field === 2) version = reader.integer();
    else reader.skip();
  into.set(domain, version);
}
