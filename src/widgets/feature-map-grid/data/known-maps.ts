import { bytesOfMaps, type PictureMaps } from "./shown-maps.ts";

/** Bytes of maps that are kept beside those on show, so that going back to a picture is at once. */
const MOST_BYTES = 200e6;

/** The maps of the last few pictures, by their keys. */
export class KnownMaps {
  readonly #maps = new Map<string, PictureMaps>();

  get(key: string): PictureMaps | undefined {
    const found = this.#maps.get(key);
    if (found) this.put(found);
    return found;
  }

  put(maps: PictureMaps): void {
    this.#maps.delete(maps.key);
    this.#maps.set(maps.key, maps);
    let bytes = [...this.#maps.values()].reduce((sum, one) => sum + bytesOfMaps(one.maps), 0);
    for (const [key, one] of this.#maps) {
      if (bytes <= MOST_BYTES || this.#maps.size === 1) return;
      this.#maps.delete(key);
      bytes -= bytesOfMaps(one.maps);
    }
  }

  /** They were another model's, other layers', or prepared otherwise. */
  clear(): void {
    this.#maps.clear();
  }
}
