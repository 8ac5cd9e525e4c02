/** The magic string and version 1.0 of NumPy's format (`numpy.lib.format`). */
const MAGIC = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
/** The numbers begin at a multiple of so many bytes. */
const ALIGNMENT = 64;
/** NumPy leaves as much room as the first length may have digits, so that a file can be added to. */
const DIGITS = 21;

/**
 * Numbers as a file that `numpy.load` reads: single precision, the last axis running fastest; byte for byte what
 * `numpy.save` writes.
 *
 * @param shape The lengths of the axes; their product is `data.length`.
 */
export function toNpy(data: Float32Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const room = shape.length > 0 ? " ".repeat(Math.max(0, DIGITS - String(shape[0]).length)) : "";
  const told = `{'descr': '<f4', 'fortran_order': False, 'shape': (${lengths}), }${room}`;
  // Its own length takes two bytes, and a line feed ends it; at least one space stands before that.
  const start = (Math.floor((MAGIC.length + 2 + told.length + 1) / ALIGNMENT) + 1) * ALIGNMENT;
  const header = `${told.padEnd(start - MAGIC.length - 3)}\n`;
  const file = new Uint8Array(start + data.byteLength);
  file.set([...MAGIC, header.length & 0xff, header.length >> 8, ...new TextEncoder().encode(header)]);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
  return file;
}
