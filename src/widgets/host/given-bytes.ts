import { bytesOf } from "./bytes-of.ts";

/** Small data that came along with a widget, by their keys: each is given once, and then let go. */
export class GivenBytes {
  readonly #parts: Map<string, Uint8Array<ArrayBuffer>>;

  /** @param written As the host's model has it; anything else than an object holds none. */
  constructor(written: unknown) {
    const entries = typeof written === "object" && written !== null ? Object.entries(written) : [];
    this.#parts = new Map(entries.map(([key, value]) => [key, bytesOf(value)]));
  }

  /** Bytes `offset` to `offset + length`; null where they did not come along. */
  take(key: string, offset: number, length: number): Uint8Array<ArrayBuffer> | null {
    const part = this.#parts.get(key);
    if (!part || offset + length > part.length) return null;
    if (offset + length === part.length) this.#parts.delete(key);
    return part.subarray(offset, offset + length);
  }
}
