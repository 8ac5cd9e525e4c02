import type { Hdf5Source } from "./hdf5-source.ts";
import { type HeaderMessage, MESSAGE } from "./object-header.ts";

const DEFINED = 0x20;

/** What elements are that nobody wrote: the bytes of one; null stands for zeros. */
export function readFillValue(
  source: Hdf5Source,
  messages: readonly HeaderMessage[],
  size: number,
): Uint8Array<ArrayBuffer> | null {
  const message =
    messages.find(({ type }) => type === MESSAGE.fillValue) ??
    messages.find(({ type }) => type === MESSAGE.oldFillValue);
  if (message === undefined || message.isShared) return null;
  const reader = source.file.readerOver(message.body, "its fill value");
  if (message.type === MESSAGE.fillValue) {
    const version = reader.uint8();
    const flags = reader.uint8();
    if (version >= 3 && (flags & DEFINED) === 0) return null;
    if (version < 3) {
      reader.skip(1);
      const isDefined = reader.uint8() !== 0;
      if (!isDefined && version === 2) return null;
    }
  }
  const length = reader.uint32();
  // -1 in version 1: none.
  if (length === 0 || length === 0xffffffff) return null;
  const value = reader.take(length);
  if (length !== size) throw reader.damaged(`has ${length} bytes, an element has ${size}`);
  return value.some((byte) => byte !== 0) ? value : null;
}
