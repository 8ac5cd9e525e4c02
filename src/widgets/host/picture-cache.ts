import { pageGlobal } from "./page-global.ts";

/** Decoded pictures kept on a page, bytes of their pixels. */
const BOUND = 128 * 2 ** 20;

/** Decoded pictures by content key and row, the least recently seen given up first when there are too many. */
export class PictureCache {
  readonly #pictures = new Map<string, ImageBitmap>();
  #bytes = 0;

  constructor(private readonly bound = BOUND) {}

  get(key: string, row: number): ImageBitmap | undefined {
    const name = `${key}/${row}`;
    const picture = this.#pictures.get(name);
    if (picture) {
      this.#pictures.delete(name);
      this.#pictures.set(name, picture);
    }
    return picture;
  }

  put(key: string, row: number, picture: ImageBitmap): void {
    const name = `${key}/${row}`;
    if (this.#pictures.has(name)) return;
    this.#pictures.set(name, picture);
    this.#bytes += sizeOf(picture);
    for (const [oldest, old] of this.#pictures) {
      if (this.#bytes <= this.bound || oldest === name) break;
      this.#pictures.delete(oldest);
      // Not closed: somebody may be drawing it; the browser frees it when nobody holds it.
      this.#bytes -= sizeOf(old);
    }
  }
}

const sizeOf = ({ width, height }: ImageBitmap) => width * height * 4;

/** The one cache of the page. */
export function pictureCache(): PictureCache {
  return pageGlobal("pictures", () => new PictureCache());
}
