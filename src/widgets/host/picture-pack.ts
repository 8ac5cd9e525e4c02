/** One picture of a pack: encoded (`mime`) or raw pixels (`width`, `height`, `channels` 1, 3 or 4, 8 bits each). */
export interface PackedPicture {
  readonly row: number;
  readonly offset: number;
  readonly length: number;
  readonly mime?: string;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
}

export interface PicturePack {
  readonly pictures: readonly PackedPicture[];
  /** What the offsets count in. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Raw pictures of one size, one after another. */
interface PackedStack {
  readonly rows: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly channels: number;
}

/**
 * Take a pack apart: uint32 (little-endian) length of a JSON header, the header (a list of pictures, or the rows and the
 * size of raw ones that are all alike), then the pictures' bytes.
 */
export function readPicturePack(pack: Uint8Array<ArrayBuffer>): PicturePack {
  const length = new DataView(pack.buffer, pack.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(pack.subarray(4, 4 + length))) as
    | readonly PackedPicture[]
    | PackedStack;
  return { pictures: "rows" in header ? unstack(header) : header, bytes: pack.subarray(4 + length) };
}

function unstack({ rows, width, height, channels }: PackedStack): readonly PackedPicture[] {
  const length = width * height * channels;
  return rows.map((row, place) => ({ row, offset: place * length, length, width, height, channels }));
}

/** The inverse of `readPicturePack`; offsets are filled in. */
export function writePicturePack(
  pictures: readonly { readonly picture: Omit<PackedPicture, "offset" | "length">; readonly bytes: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  let offset = 0;
  const list = pictures.map(({ picture, bytes }) => {
    const packed: PackedPicture = { ...picture, offset, length: bytes.length };
    offset += bytes.length;
    return packed;
  });
  const header = new TextEncoder().encode(JSON.stringify(list));
  const pack = new Uint8Array(4 + header.length + offset);
  new DataView(pack.buffer).setUint32(0, header.length, true);
  pack.set(header, 4);
  list.forEach(({ offset: place }, index) => {
    pack.set(pictures[index]?.bytes ?? [], 4 + header.length + place);
  });
  return pack;
}
