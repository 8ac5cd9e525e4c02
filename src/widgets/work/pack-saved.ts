import { ComputeError } from "../../compute/errors.ts";
import { type ArrayPlace, type NamedArray, packArrays, unpackArrays } from "./pack-arrays.ts";

/** What was packed: a header, and arrays by their names. */
export interface Unpacked<Header> {
  readonly header: Header;
  /** @throws {RangeError} where there is no such array. */
  numbers(name: string): Float32Array<ArrayBuffer>;
  /** @throws {RangeError} where there is no such array. */
  levels(name: string): Uint8Array<ArrayBuffer>;
}

/** A header and arrays as a saved notebook keeps them, deflated. */
export function packSaved(header: object, named: readonly NamedArray[]): Promise<Uint8Array<ArrayBuffer>> {
  const { arrays, bytes } = packArrays(named);
  const text = new TextEncoder().encode(JSON.stringify({ ...header, arrays }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const stream = new Blob([length, text, bytes]).stream();
  return bytesOf(stream.pipeThrough(new CompressionStream("deflate")));
}

/**
 * Read what `packSaved` has packed.
 *
 * @param read Makes of it what was kept; what it throws tells that it was damaged.
 * @throws {ComputeError} "input" for what was packed in another format, or was damaged.
 */
export async function unpackSaved<Header extends { readonly format: number }, Kept>(
  saved: Uint8Array<ArrayBuffer>,
  format: Header["format"],
  read: (unpacked: Unpacked<Header>) => Kept,
): Promise<Kept> {
  try {
    const packed = await bytesOf(new Blob([saved]).stream().pipeThrough(new DecompressionStream("deflate")));
    const length = new DataView(packed.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as Header & {
      readonly arrays: readonly ArrayPlace[];
    };
    if (header.format === format) {
      const found = unpackArrays({ arrays: header.arrays, bytes: packed.slice(4 + length) });
      const array = (name: string) => found.get(name) ?? lacking(name);
      return read({
        header,
        numbers(name) {
          const values = array(name);
          return values instanceof Float32Array ? values : lacking(name);
        },
        levels(name) {
          const values = array(name);
          return values instanceof Uint8Array ? values : lacking(name);
        },
      });
    }
  } catch {
    // Told of below, like what another version wrote.
  }
  throw new ComputeError("input", "The saved picture can't be read by this version.", "Run the cell again.");
}

function lacking(name: string): never {
  throw new RangeError(`packed arrays lack ${name}`);
}

async function bytesOf(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
