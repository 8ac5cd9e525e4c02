type PackedArray =
  | Float64Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** Where an array stands among packed bytes, and what it is. */
export interface ArrayPlace {
  readonly name: string;
  readonly dtype: "float64" | "float32" | "int32" | "uint8";
  readonly shape: readonly number[];
  /** First byte; a multiple of 8. */
  readonly offset: number;
}

export interface PackedArrays {
  readonly arrays: readonly ArrayPlace[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface NamedArray {
  readonly name: string;
  readonly values: PackedArray;
  /** Its length alone unless given. */
  readonly shape?: readonly number[];
}

/** Arrays one after another, little-endian, each from a multiple of 8 bytes on; `arrays` tells where. */
export function packArrays(named: readonly NamedArray[]): PackedArrays {
  let length = 0;
  const arrays = named.map(({ name, values, shape = [values.length] }): ArrayPlace => {
    const offset = length;
    length += Math.ceil(values.byteLength / 8) * 8;
    return { name, dtype: typeOf(values), shape, offset };
  });
  const bytes = new Uint8Array(length);
  for (const [place, { values }] of named.entries())
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), arrays[place]?.offset ?? 0);
  return { arrays, bytes };
}

const makers = { float64: Float64Array, float32: Float32Array, int32: Int32Array, uint8: Uint8Array } as const;

/**
 * Copies of the arrays that `packArrays` packed, by name.
 *
 * @throws {RangeError} where the bytes are cut off.
 */
export function unpackArrays({ arrays, bytes }: PackedArrays): ReadonlyMap<string, PackedArray> {
  return new Map(
    arrays.map(({ name, dtype, shape, offset }) => {
      const Maker = makers[dtype];
      const length = shape.reduce((product, size) => product * size, 1) * Maker.BYTES_PER_ELEMENT;
      if (offset + length > bytes.length)
        throw new RangeError(`packed arrays are cut off: expected ${offset + length} bytes, got ${bytes.length}`);
      return [name, new Maker(bytes.slice(offset, offset + length).buffer)];
    }),
  );
}

function typeOf(values: PackedArray): ArrayPlace["dtype"] {
  if (values instanceof Float64Array) return "float64";
  if (values instanceof Float32Array) return "float32";
  return values instanceof Int32Array ? "int32" : "uint8";
}
