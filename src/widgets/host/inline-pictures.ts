import { ComputeError } from "../../compute/errors.ts";
import { newId } from "./new-id.ts";
import { pictureCache } from "./picture-cache.ts";
import type { ImageSource } from "./sources.ts";

/** A picture as a page holds it: something drawable, encoded bytes, or an address of the page's own origin. */
export type InlinePicture = ImageBitmapSource | Uint8Array<ArrayBuffer> | URL | string;

/** Pictures given by the page itself, decoded when they are first seen. */
export function pictureListSource(pictures: readonly InlinePicture[]): ImageSource {
  const key = newId();
  return {
    key,
    length: pictures.length,
    async get(row, { signal }) {
      const known = pictureCache().get(key, row);
      if (known) return known;
      const picture = pictures[row];
      if (picture === undefined || picture === null) return null;
      const decoded = await decode(picture, signal);
      if (decoded) pictureCache().put(key, row, decoded);
      return decoded;
    },
  };
}

async function decode(picture: InlinePicture, signal: AbortSignal | undefined): Promise<ImageBitmap | null> {
  if (picture instanceof Uint8Array) return await createImageBitmap(new Blob([picture]));
  if (typeof picture !== "string" && !(picture instanceof URL)) return await createImageBitmap(picture);
  const address = new URL(picture, document.baseURI);
  // Nothing may be asked of another machine: the pictures' addresses would tell it what the reader looks at.
  if (!["data:", "blob:"].includes(address.protocol) && address.origin !== location.origin)
    throw new ComputeError(
      "input",
      `The picture ${address.href} lies on another machine.`,
      "Copy it beside the page, or pass its bytes.",
    );
  const answer = await fetch(address, signal ? { signal } : {});
  return answer.ok ? await createImageBitmap(await answer.blob()) : null;
}
