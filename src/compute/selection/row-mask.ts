/**
 * A set of rows as bits: row `i` is bit `i % 8` of byte `i >> 3`, lowest bit first (NumPy's
 * `packbits(..., bitorder="little")`). Bits past the last row are always 0, so masks compare byte by byte.
 */
export type RowMask = Uint8Array<ArrayBuffer>;

/** A mask over `rows` rows with none of them in it. */
export function emptyMask(rows: number): RowMask {
  return new Uint8Array((rows + 7) >> 3);
}

/** A mask over `rows` rows with all of them in it. */
export function fullMask(rows: number): RowMask {
  return invertMask(emptyMask(rows), rows);
}

/** The mask of the given row numbers; numbers outside 0 .. rows - 1 are left out. */
export function maskOf(selected: Iterable<number>, rows: number): RowMask {
  const mask = emptyMask(rows);
  for (const row of selected) if (row >= 0 && row < rows) addRow(mask, row);
  return mask;
}

export function addRow(mask: RowMask, row: number): void {
  mask[row >> 3] = (mask[row >> 3] ?? 0) | (1 << (row & 7));
}

export function hasRow(mask: RowMask, row: number): boolean {
  return (((mask[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/** The row numbers in the mask, ascending. */
export function rowsOf(mask: RowMask): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(countRows(mask));
  let found = 0;
  for (let byte = 0; byte < mask.length; byte++) {
    let bits = mask[byte] ?? 0;
    while (bits) {
      const low = bits & -bits;
      rows[found++] = (byte << 3) + (31 - Math.clz32(low));
      bits ^= low;
    }
  }
  return rows;
}

/** How many rows are in the mask. */
export function countRows(mask: RowMask): number {
  let count = 0;
  for (let byte = 0; byte < mask.length; byte++) {
    let bits = mask[byte] ?? 0;
    bits -= (bits >> 1) & 0x55;
    bits = (bits & 0x33) + ((bits >> 2) & 0x33);
    count += (bits + (bits >> 4)) & 0x0f;
  }
  return count;
}

export function unionMask(a: RowMask, b: RowMask): RowMask {
  return a.map((bits, byte) => bits | (b[byte] ?? 0));
}

export function intersectMask(a: RowMask, b: RowMask): RowMask {
  return a.map((bits, byte) => bits & (b[byte] ?? 0));
}

/** The rows of `a` that are not in `b`. */
export function subtractMask(a: RowMask, b: RowMask): RowMask {
  return a.map((bits, byte) => bits & ~(b[byte] ?? 0));
}

export function invertMask(mask: RowMask, rows: number): RowMask {
  const inverted = mask.map((bits) => ~bits);
  if (rows & 7) inverted[inverted.length - 1] = (inverted[inverted.length - 1] ?? 0) & ((1 << (rows & 7)) - 1);
  return inverted;
}

export function sameMask(a: RowMask | null, b: RowMask | null): boolean {
  if (a === b) return true;
  return a !== null && b !== null && a.length === b.length && a.every((bits, byte) => bits === b[byte]);
}
