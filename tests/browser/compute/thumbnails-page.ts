// Draws pictures and asks the page's worker for thumbnails of them, for thumbnails.test.ts: all goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { decodeByCanvas } from "../../../src/compute/images/decode/decode-by-canvas.ts";
import { decodeByDecoder } from "../../../src/compute/images/decode/decode-by-decoder.ts";
import { JpegReader } from "../../../src/compute/images/decode/jpeg-reader.ts";
import type { StoredPicture } from "../../../src/compute/images/picture-set.ts";
import { shrinkPixels } from "../../../src/compute/images/shrink-pixels.ts";
import type { ThumbnailOptions } from "../../../src/compute/images/thumbnail-options.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";

export interface Encoded {
  readonly mime: string;
  readonly bytes: readonly number[];
}

export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly mime: string;
  readonly quality?: number;
  readonly isClear?: boolean;
  /** Keep the colour profile that browsers put into a JPEG. */
  readonly hasProfile?: boolean;
}

export interface Small {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly number[];
  readonly mean: readonly number[];
  readonly state: number;
}

/** A picture of many colours, the same at each call. */
async function drawPicture({ width, height, mime, quality, isClear, hasProfile }: Drawn): Promise<Encoded> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = isClear ? "transparent" : "white";
  context.fillRect(0, 0, width, height);
  for (let i = 0; i < 60; i++) {
    context.fillStyle = `hsl(${(i * 137) % 360} 70% ${30 + ((i * 29) % 50)}% / ${isClear ? 0.6 : 1})`;
    context.fillRect((i * 31) % width, (i * 17) % height, 1 + ((i * 5) % 9), 1 + ((i * 7) % 11));
  }
  const blob = await canvas.convertToBlob(quality === undefined ? { type: mime } : { type: mime, quality });
  if (blob.type !== mime) throw new Error(`this browser writes no ${mime}`);
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { mime, bytes: mime === "image/jpeg" && !hasProfile ? withoutProfile(bytes) : [...bytes] };
}

/** The JPEG without its segments APP2. */
function withoutProfile(bytes: Uint8Array<ArrayBuffer>): number[] {
  const view = new DataView(bytes.buffer);
  const kept = [0xff, 0xd8];
  let at = 2;
  for (let end = at; view.getUint8(at + 1) !== 0xda; at = end) {
    end = at + 2 + view.getUint16(at + 2);
    if (view.getUint8(at + 1) !== 0xe2) kept.push(...bytes.subarray(at, end));
  }
  return [...kept, ...bytes.subarray(at)];
}

/** As a page shows it. */
async function showPicture({ mime, bytes }: Encoded, box: number): Promise<Omit<Small, "mean" | "state">> {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.from(bytes)], { type: mime }));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  const pixels = new Uint8Array(context?.getImageData(0, 0, width, height).data ?? []);
  const scale = Math.min(1, box / Math.max(width, height));
  const to = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
  return { ...to, pixels: [...shrinkPixels({ pixels, width, height, channels: 4 }, to.width, to.height)] };
}

/** What the two ways of decoding give, as text; "null" where there is nothing. */
async function compareWays({
  mime,
  bytes,
}: Encoded): Promise<Readonly<Record<"reader" | "decoder" | "canvas", string>>> {
  const own = () => Uint8Array.from(bytes);
  const text = (picture: Parameters<typeof shrinkPixels>[0] | null) =>
    picture ? shrinkPixels(picture, picture.width, picture.height).join() : "null";
  return {
    reader: text((await JpegReader.shared()).read(own())),
    decoder: text(await decodeByDecoder(own(), mime)),
    canvas: text(await decodeByCanvas(own(), mime)),
  };
}

async function makeSmall(encoded: readonly Encoded[], options: ThumbnailOptions): Promise<readonly Small[]> {
  const pictures: StoredPicture[] = [];
  let offset = 0;
  for (const { mime, bytes } of encoded) {
    pictures.push({ mime, offset, length: bytes.length });
    offset += bytes.length;
  }
  const bytes = Uint8Array.from(encoded.flatMap((each) => each.bytes));
  const { pixels, offsets, widths, heights, means, states } = await pageClient().call("thumbnails", {
    pictures: { bytes, pictures },
    options,
  });
  return encoded.map((_, place) => {
    const [from = 0, width = 0, height = 0] = [offsets[place], widths[place], heights[place]];
    return {
      width,
      height,
      pixels: [...pixels.subarray(from, from + width * height * 4)],
      mean: [...means.subarray(4 * place, 4 * place + 4)],
      state: states[place] ?? -1,
    };
  });
}

/** Cancel while a great many are being made; the kind of the error that this ends with. */
async function cancelMany(encoded: Encoded): Promise<string> {
  const controller = new AbortController();
  const { mime, bytes } = encoded;
  const pictures = Array.from({ length: 200_000 }, () => ({ mime, offset: 0, length: bytes.length }));
  const made = pageClient().call(
    "thumbnails",
    { pictures: { bytes: Uint8Array.from(bytes), pictures }, options: { box: 9 } },
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
  return made.then(
    () => "finished",
    (thrown) => ComputeError.from(thrown).kind,
  );
}

declare global {
  interface Window {
    drawPicture: typeof drawPicture;
    showPicture: typeof showPicture;
    compareWays: typeof compareWays;
    makeSmall: typeof makeSmall;
    cancelMany: typeof cancelMany;
  }
}
Object.assign(window, { drawPicture, showPicture, compareWays, makeSmall, cancelMany });
