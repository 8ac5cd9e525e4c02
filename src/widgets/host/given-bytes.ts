import { bytesOf } from "./bytes-of.ts";

/** Small data that came along with a widget, by their keys: each is given once, and then let go. */
export class GivenBytes {
  readonly #parts = new Map<string, Uint8Array<ArrayBuffer>>();

  /** @param written As the host's model has it; what holds no bytes is left out, for all can be asked for. */
  constructor(written: unknown) {
    if (typeof written !== "object" || written === null) return;
    for (const [key, value] of Object.entries(written)) {
      try {
        this.#parts.set(key, bytesOf(value));
      } catch {
        // A host that doesn't carry bytes within an object.
      }
    }
  }

  /** Bytes `offset` to `offset + length`; null where they did not come along. */
  take(key: string, offset: number, length: number): Uint8Array<ArrayBuffer> | null {
    const part = this.#parts.get(key);
    if (!part || offset + length > part.length) return null;
    if (offset + length === part.length) this.#parts.delete(key);
    return part.subarray(offset, offset + length);
  }
}
