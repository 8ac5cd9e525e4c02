import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";
import { mimeOf } from "./mime-of.ts";
import { newId } from "./new-id.ts";
import { type PackablePicture, pixelsOfBitmap } from "./packable-picture.ts";
import { pictureCache } from "./picture-cache.ts";
import { writePicturePack } from "./picture-pack.ts";
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
    async pack(rows, { signal }) {
      const tried = await Promise.allSettled(
        rows.map(async (row) => {
          const picture = pictures[row];
          return picture === undefined || picture === null ? null : await packable(row, picture, signal);
        }),
      );
      throwIfCancelled(signal);
      const packed = tried.flatMap((each) => (each.status === "fulfilled" && each.value ? each.value : []));
      // One that can't be had must not take the others with it; of none at all the reason is told.
      const failed = tried.find((each) => each.status === "rejected");
      if (failed && packed.length === 0) throw failed.reason;
      return writePicturePack(packed);
    },
  };
}

/** A picture as it is given: encoded bytes stay encoded, pixels raw; what can only be drawn is drawn. */
async function packable(
  row: number,
  picture: InlinePicture,
  signal: AbortSignal | undefined,
): Promise<PackablePicture | null> {
  if (picture instanceof ImageData && picture.data instanceof Uint8ClampedArray) {
    const { data, width, height } = picture;
    return { picture: { row, width, height, channels: 4 }, bytes: viewBytes(data) };
  }
  const encoded = await encodedBytes(picture, signal);
  if (encoded === null) return null;
  if (encoded instanceof Uint8Array) return { picture: { row, mime: mimeOf(encoded) }, bytes: encoded };
  const bitmap = await createImageBitmap(encoded);
  try {
    return pixelsOfBitmap(row, bitmap);
  } finally {
    bitmap.close();
  }
}

/** The bytes of a picture that is encoded, the picture itself where it is not; null where it can't be fetched. */
async function encodedBytes(
  picture: InlinePicture,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer> | Exclude<ImageBitmapSource, Blob> | null> {
  if (picture instanceof Uint8Array) return picture;
  if (picture instanceof Blob) return new Uint8Array(await picture.arrayBuffer());
  if (typeof picture !== "string" && !(picture instanceof URL)) return picture;
  const blob = await fetchPicture(picture, signal);
  return blob && new Uint8Array(await blob.arrayBuffer());
}

function viewBytes({ buffer, byteOffset, byteLength }: Uint8ClampedArray): Uint8Array<ArrayBuffer> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer, byteOffset, byteLength)
    : new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

async function decode(picture: InlinePicture, signal: AbortSignal | undefined): Promise<ImageBitmap | null> {
  if (picture instanceof Uint8Array) return await createImageBitmap(new Blob([picture]));
  if (typeof picture !== "string" && !(picture instanceof URL)) return await createImageBitmap(picture);
  const blob = await fetchPicture(picture, signal);
  return blob && (await createImageBitmap(blob));
}

async function fetchPicture(picture: string | URL, signal: AbortSignal | undefined): Promise<Blob | null> {
  const address = new URL(picture, document.baseURI);
  // Nothing may be asked of another machine: the pictures' addresses would tell it what the reader looks at.
  if (!["data:", "blob:"].includes(address.protocol) && address.origin !== location.origin)
    throw new ComputeError(
      "input",
      `The picture ${address.href} lies on another machine.`,
      "Copy it beside the page, or pass its bytes.",
    );
  const answer = await fetch(address, signal ? { signal } : {});
  return answer.ok ? await answer.blob() : null;
}
