/** Zip's CRC-32 (polynomial 0xEDB88320), eight bytes at a time ("slicing by 8", Kounavis and Berry 2005). */
export function checksumOf(bytes: Uint8Array): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let sum = 0xffffffff;
  let at = 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (; at + 8 <= bytes.length; at += 8) {
    const low = view.getUint32(at, true) ^ sum;
    const high = view.getUint32(at + 4, true);
    sum =
      of(t7, low & 0xff) ^
      of(t6, (low >>> 8) & 0xff) ^
      of(t5, (low >>> 16) & 0xff) ^
      of(t4, low >>> 24) ^
      of(t3, high & 0xff) ^
      of(t2, (high >>> 8) & 0xff) ^
      of(t1, (high >>> 16) & 0xff) ^
      of(t0, high >>> 24);
  }
  for (; at < bytes.length; at++) sum = (sum >>> 8) ^ of(t0, (sum ^ (bytes[at] ?? 0)) & 0xff);
  return ~sum >>> 0;
}

const of = (table: Uint32Array, byte: number): number => table[byte] ?? 0;

/** Remainders of every byte. */
const BYTES = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** The same with a zero byte more behind each. */
const withZero = (sums: Uint32Array): Uint32Array => sums.map((sum) => (sum >>> 8) ^ of(BYTES, sum & 0xff));

const ONE = withZero(BYTES);
const TWO = withZero(ONE);
const THREE = withZero(TWO);
const FOUR = withZero(THREE);
const FIVE = withZero(FOUR);
const SIX = withZero(FIVE);
const TABLES = [BYTES, ONE, TWO, THREE, FOUR, FIVE, SIX, withZero(SIX)] as const;
