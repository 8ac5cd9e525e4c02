import type { OnnxValue } from "../onnx-model.ts";
import type { WireReader } from "../wire/wire-reader.ts";

/** A `ValueInfoProto`: its name, and where it is a tensor its type and dimensions. */
export function readValue(reader: WireReader): OnnxValue {
  let name = "";
  let tensor: Omit<OnnxValue, "name"> = { type: 0, dims: null };
  while (reader.next())
    if (reader.field === 1) name = reader.text();
    else if (reader.field === 2) tensor = readType(reader.message());
    else reader.skip();
  return { name, ...tensor };
}

function readType(reader: WireReader): Omit<OnnxValue, "name"> {
  let type = 0;
  let dims: OnnxValue["dims"] = null;
  while (reader.next())
    if (reader.field === 1) {
      const tensor = reader.message();
      while (tensor.next())
        if (tensor.field === 1) type = tensor.integer();
        else if (tensor.field === 2) dims = readShape(tensor.message());
        else tensor.skip();
    } else reader.skip();
  return { type, dims };
}

function readShape(reader: WireReader): (number | string | null)[] {
  const dims: (number | string | null)[] = [];
  while (reader.next())
    if (reader.field === 1) dims.push(readDimension(reader.message()));
    else reader.skip();
  return dims;
}

/** Some exporters write -1 or 0 where they mean that the size is open. */
function readDimension(reader: WireReader): number | string | null {
  let size: number | string | null = null;
  while (reader.next())
    if (reader.field === 1) {
      const value = reader.integer();
      size = Number.isSafeInteger(value) && value > 0 ? value : null;
    } else if (reader.field === 2) size = reader.text() || null;
    else reader.skip();
  return size;
}
