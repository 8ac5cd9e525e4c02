import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { pictureListSource } from "../../../src/widgets/host/inline-pictures.ts";
import { mimeOf } from "../../../src/widgets/host/mime-of.ts";
import { readPicturePack } from "../../../src/widgets/host/picture-pack.ts";

class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

beforeEach(() => {
  vi.stubGlobal("ImageData", Pixels);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1, 2);
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10);

it("pictures of the page are packed as they are given: encoded with their kind, pixels raw, those that lack left out", async () => {
  const pixels = new Pixels(Uint8ClampedArray.of(1, 2, 3, 4, 5, 6, 7, 8), 2, 1) as unknown as ImageData;
  const source = pictureListSource([jpeg, pixels, new Blob([png]), undefined as never]);
  const { pictures, bytes } = readPicturePack(await source.pack([2, 1, 3, 0], {}));
  expect(
    pictures.map(({ offset, length, ...picture }) => [picture, [...bytes.subarray(offset, offset + length)]]),
  ).toEqual([
    [{ row: 2, mime: "image/png" }, [...png]],
    [{ row: 1, width: 2, height: 1, channels: 4 }, [1, 2, 3, 4, 5, 6, 7, 8]],
    [{ row: 0, mime: "image/jpeg" }, [...jpeg]],
  ]);
});

it("a picture that can't be had leaves the others of its pack; where none can the reason is told", async () => {
  vi.stubGlobal("document", { baseURI: "http://localhost/page" });
  vi.stubGlobal("location", { origin: "http://localhost" });
  const elsewhere = "https://example.org/1.png";
  const source = pictureListSource([jpeg, elsewhere, png]);
  const { pictures } = readPicturePack(await source.pack([0, 1, 2], {}));
  expect(pictures.map(({ row }) => row)).toEqual([0, 2]);
  await expect(source.pack([1], {})).rejects.toThrow("lies on another machine");
});

it("what is drawn to be packed is closed again", async () => {
  const close = vi.fn();
  vi.stubGlobal("createImageBitmap", async () => ({ width: 1, height: 1, close }));
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext = () => ({ drawImage: () => {}, getImageData: () => ({ data: new Uint8ClampedArray(4) }) });
    },
  );
  await pictureListSource([{} as HTMLCanvasElement]).pack([0], {});
  expect(close).toHaveBeenCalledOnce();
});

it("the kind of a picture is read from its first bytes", () => {
  const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  expect(mimeOf(bytes("RIFF1234WEBPVP8 "))).toBe("image/webp");
  expect(mimeOf(bytes("GIF89a"))).toBe("image/gif");
  expect(mimeOf(bytes("no picture"))).toBe("application/octet-stream");
  expect(mimeOf(new Uint8Array())).toBe("application/octet-stream");
});
