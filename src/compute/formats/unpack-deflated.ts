import { ComputeError } from "../errors.ts";
import { damagedFile, figure } from "./file-error.ts";

/**
 * What was deflated, unpacked by the browser's own stream into memory of the length that the file says: a stream that
 * gives more is stopped there, so that a bomb costs no more than it claims.
 *
 * @param format - "deflate" has zlib's frame around it (HDF5), "deflate-raw" none (zip).
 * @param length - In bytes, checked against a budget by the caller.
 * @param what - As errors say it: "its chunk at byte 2,048".
 */
export async function unpackDeflated(
  packed: Uint8Array<ArrayBuffer>,
  format: "deflate" | "deflate-raw",
  length: number,
  fileName: string,
  what: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(format));
  const reader = stream.getReader();
  const unpacked = new Uint8Array(length);
  let filled = 0;
  const tooLong = () => damagedFile(fileName, `${what} unpacks to more than its ${figure(length)} bytes`);
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (filled + part.value.length > length) throw tooLong();
      unpacked.set(part.value, filled);
      filled += part.value.length;
    }
  } catch (thrown) {
    await reader.cancel().catch(() => undefined);
    if (thrown instanceof ComputeError) throw thrown;
    throw damagedFile(fileName, `${what} can't be unpacked (${thrown instanceof Error ? thrown.message : thrown})`);
  }
  if (filled !== length) {
    throw damagedFile(fileName, `${what} unpacks to ${figure(filled)} bytes of ${figure(length)}`);
  }
  return unpacked;
}
