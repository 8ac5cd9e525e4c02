/**
 * A map packed small enough for a saved notebook: coordinates in 16 bits each and classes in a byte, enough to draw
 * it again without data and without computing. Layout: uint32 (little-endian) length of the JSON header, the header,
 * `rows * dims` uint16 coordinates scaled from `min` .. `max` to 0 .. 65535, then, where `codes` is true, one byte a
 * row with its class (255: none).
 */
export interface SavedPicture {
  readonly rows: number;
  readonly dims: 2 | 3;
  /** `rows * dims` numbers, row-major. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly classes: readonly string[];
  /** Class of each row, 255 where it has none; null where the rows have no classes. */
  readonly codes: Uint8Array<ArrayBuffer> | null;
  readonly caption: string;
}

interface Header {
  readonly version: 1;
  readonly rows: number;
  readonly dims: 2 | 3;
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly classes: readonly string[];
  readonly codes: boolean;
  readonly caption: string;
}

const STEPS = 65535;

export function packPicture(picture: SavedPicture): Uint8Array<ArrayBuffer> {
  const { rows, dims, positions, codes } = picture;
  const min = new Array<number>(dims).fill(0);
  const max = new Array<number>(dims).fill(0);
  for (let axis = 0; axis < dims; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = axis; at < positions.length; at += dims) {
      const value = positions[at] ?? 0;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    min[axis] = rows > 0 ? low : 0;
    max[axis] = rows > 0 ? high : 0;
  }
  const header: Header = {
    version: 1,
    rows,
    dims,
    min,
    max,
    classes: picture.classes,
    codes: codes !== null,
    caption: picture.caption,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const packed = new Uint8Array(4 + text.length + rows * dims * 2 + (codes ? rows : 0));
  const view = new DataView(packed.buffer);
  view.setUint32(0, text.length, true);
  packed.set(text, 4);
  let at = 4 + text.length;
  for (let i = 0; i < rows * dims; i++, at += 2) {
    const low = min[i % dims] ?? 0;
    const span = (max[i % dims] ?? 0) - low || 1;
    view.setUint16(at, Math.round((((positions[i] ?? 0) - low) / span) * STEPS), true);
  }
  if (codes) packed.set(codes, at);
  return packed;
}

/** Null for bytes that are no saved picture: an older version's, or cut off. */
export function unpackPicture(packed: Uint8Array<ArrayBuffer>): SavedPicture | null {
  if (packed.byteLength < 4) return null;
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const length = view.getUint32(0, true);
  if (4 + length > packed.byteLength) return null;
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(packed.subarray(4, 4 + length))) as Header;
  } catch {
    return null;
  }
  const { rows, dims, min, max } = header;
  let at = 4 + length;
  if (header.version !== 1 || at + rows * dims * 2 + (header.codes ? rows : 0) > packed.byteLength) return null;
  const positions = new Float32Array(rows * dims);
  for (let i = 0; i < positions.length; i++, at += 2) {
    const low = min[i % dims] ?? 0;
    const span = (max[i % dims] ?? 0) - low;
    positions[i] = low + (view.getUint16(at, true) / STEPS) * span;
  }
  const codes = header.codes ? packed.slice(at, at + rows) : null;
  return { rows, dims, positions, classes: header.classes, codes, caption: header.caption };
}
