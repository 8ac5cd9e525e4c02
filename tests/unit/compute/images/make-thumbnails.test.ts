import { describe, expect, it, vi } from "vitest";
import { makeThumbnails } from "../../../../src/compute/images/make-thumbnails.ts";
import { meanColor } from "../../../../src/compute/images/mean-color.ts";
import type { PicturePack, PictureStack } from "../../../../src/compute/images/picture-set.ts";
import { shrinkPixels } from "../../../../src/compute/images/shrink-pixels.ts";
import { normalizeStain } from "../../../../src/compute/images/stain/normalize-stain.ts";
import { normalizerPresets } from "../../../../src/compute/images/stain/normalizer-presets.ts";
import { decodeThumbnail } from "../../../../src/compute/images/thumbnail-maker.ts";
import type { ThumbnailSet } from "../../../../src/compute/images/thumbnail-set.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import { tiles } from "./stain-tiles.ts";

const stack: PictureStack = {
  bytes: Uint8Array.from(tiles.flatMap(({ pixels }) => [...pixels])),
  width: 40,
  height: 40,
  channels: 3,
};
/** Pictures of several sizes and kinds, not in the order of their bytes. */
const pack: PicturePack = {
  bytes: Uint8Array.from([...Array(40 * 20).fill(7), 10, 20, 30, 255, ...(tiles[2]?.pixels ?? [])]),
  pictures: [
    { offset: 804, length: 4800, width: 40, height: 40, channels: 3 },
    { offset: 0, length: 800, width: 20, height: 40, channels: 1 },
    { offset: 800, length: 4, width: 1, height: 1, channels: 4 },
  ],
};
const thumbnailAt = ({ pixels, offsets, widths, heights }: ThumbnailSet, place: number) => {
  const [offset = 0, width = 0, height = 0] = [offsets[place], widths[place], heights[place]];
  return { width, height, pixels: pixels.slice(offset, offset + width * height * 4) };
};

describe("thumbnails of raw pictures", () => {
  it("are the pictures of an array shrunk to fit, each with its mean colour", async () => {
    const set = await makeThumbnails(stack, { box: 9 });
    expect(set.widths.length).toBe(6);
    for (const [place, tile] of tiles.entries()) {
      const pixels = shrinkPixels(tile, 9, 9);
      expect(thumbnailAt(set, place)).toEqual({ width: 9, height: 9, pixels });
      expect(set.means.slice(4 * place, 4 * place + 4)).toEqual(
        meanColor({ pixels, width: 9, height: 9, channels: 4 }),
      );
    }
    expect([...set.states]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it.each([1, 3, 7, 32, 33].flatMap((side) => [1, 3].map((channels) => ({ side, channels }))))(
    "of $side pixels a side and $channels channels that fit as they are have the same bits as any others",
    async ({ side, channels }) => {
      const bytes = side ** 2 * channels;
      const pixels = Uint8Array.from({ length: 20 * bytes }, (_, place) => ((place + 1) * 2654435761) >>> 24);
      const size = { width: side, height: side, channels };
      const set = await makeThumbnails({ bytes: pixels, ...size }, { box: side });
      for (let place = 0; place < 20; place++) {
        const source = { pixels: pixels.slice(place * bytes, (place + 1) * bytes), ...size };
        expect(thumbnailAt(set, place).pixels).toEqual(shrinkPixels(source, side, side));
        expect(set.means.slice(4 * place, 4 * place + 4)).toEqual(meanColor(source));
      }
    },
  );

  it("that fit as they are stop when they are cancelled, and tell how far they are", async () => {
    const pixels = new Uint8Array(3 * 30_000);
    const set = { bytes: pixels, width: 1, height: 1, channels: 3 };
    const stop = new AbortController();
    stop.abort();
    await expect(makeThumbnails(set, { box: 1 }, { signal: stop.signal })).rejects.toMatchObject({ kind: "cancelled" });
    const clock = vi.spyOn(performance, "now").mockImplementation(() => clock.mock.calls.length * 1000);
    const told: Progress[] = [];
    await makeThumbnails(set, { box: 1 }, { onProgress: (progress) => told.push(progress) });
    clock.mockRestore();
    expect(told.at(-1)).toMatchObject({ done: 30_000, total: 30_000, unit: "pictures" });
    expect(told.length).toBeGreaterThan(10);
  });

  it("of which one has too few bytes are refused, also small ones that fit", async () => {
    const picture = { offset: 0, length: 5, width: 2, height: 1, channels: 3 };
    await expect(makeThumbnails({ bytes: new Uint8Array(5), pictures: [picture] }, { box: 9 })).rejects.toThrow(
      "A picture of 2 × 1 pixels and 3 channels has 5 bytes; expected 6.",
    );
  });

  it("are those of the rows asked for, in that order", async () => {
    const all = await makeThumbnails(stack, { box: 5 });
    const some = await makeThumbnails({ ...stack, rows: Uint32Array.of(4, 0, 4) }, { box: 5 });
    expect([4, 0, 4].map((row) => thumbnailAt(all, row))).toEqual([0, 1, 2].map((place) => thumbnailAt(some, place)));
  });

  it("keep the aspect of each picture of a pack, and the size of small ones", async () => {
    const set = await makeThumbnails(pack, { box: 10 });
    expect([...set.widths]).toEqual([10, 5, 1]);
    expect([...set.heights]).toEqual([10, 10, 1]);
    expect([...set.offsets]).toEqual([0, 400, 600]);
    expect(set.pixels.length).toBe(604);
    expect([...thumbnailAt(set, 1).pixels.subarray(0, 4)]).toEqual([7, 7, 7, 255]);
    expect([...thumbnailAt(set, 2).pixels]).toEqual([10, 20, 30, 255]);
  });

  it("are normalised before they are shrunk; what has no stain stays as it was, and says so", async () => {
    const normalizer = normalizerPresets.macenko;
    const set = await makeThumbnails(pack, { box: 10, normalizer });
    const [tile = { pixels: new Uint8Array(0), width: 0, height: 0, channels: 3 }] = [tiles[2]];
    expect(thumbnailAt(set, 0).pixels).toEqual(shrinkPixels(normalizeStain(tile, normalizer).picture, 10, 10));
    expect([...thumbnailAt(set, 1).pixels.subarray(0, 4)]).toEqual([7, 7, 7, 255]);
    expect([...set.states]).toEqual([0, 1, 1]);
  });

  it("are the same one by one", async () => {
    const set = await makeThumbnails(stack, { box: 9 });
    for (const [place, tile] of tiles.entries()) {
      const { pixels, width, height, mean, state } = await decodeThumbnail(tile, { box: 9 });
      expect({ pixels, width, height }).toEqual(thumbnailAt(set, place));
      expect([...mean, state]).toEqual([...set.means.subarray(4 * place, 4 * place + 4), "ready"]);
    }
  });

  it("are all there where they take more room than was thought", async () => {
    const height = 300;
    const bytes = Uint8Array.from({ length: 3 * height * height }, (_, i) => i % 251);
    const pictures = [0, 1, 2].map((place) => ({
      offset: place * height * height,
      length: height * height,
      width: height,
      height,
      channels: 1,
    }));
    const set = await makeThumbnails({ bytes, pictures }, { box: 300 });
    expect([...set.offsets]).toEqual([0, 360_000, 720_000]);
    expect(set.pixels.length).toBe(1_080_000);
    const grey = set.pixels.filter((_, i) => i % 4 === 0);
    expect(Buffer.from(grey).equals(bytes)).toBe(true);
  });

  it("are none of no pictures", async () => {
    const set = await makeThumbnails({ bytes: new Uint8Array(0), pictures: [] }, { box: 9 });
    expect([set.pixels.length, set.widths.length]).toEqual([0, 0]);
  });

  it("stop when they are cancelled, and tell how far they are", async () => {
    const many = { ...stack, rows: new Uint32Array(200_000) };
    const controller = new AbortController();
    const heard: Progress[] = [];
    const made = makeThumbnails(
      many,
      { box: 9 },
      {
        signal: controller.signal,
        onProgress: (progress) => {
          heard.push(progress);
          controller.abort();
        },
      },
    );
    await expect(made).rejects.toMatchObject({ kind: "cancelled" });
    expect(heard).toEqual([
      { stage: "Preparing pictures", done: expect.any(Number), total: 200_000, unit: "pictures" },
    ]);
  });

  it.each([
    [{ ...pack, bytes: pack.bytes.slice(0, 5000) }, { box: 9 }, "Picture 0 ends at byte 5604; there are 5000."],
    [{ ...stack, rows: Uint32Array.of(6) }, { box: 9 }, "Picture 6 ends at byte 33600; there are 28800."],
    [stack, { box: 0 }, "Thumbnails of 0 pixels; expected a whole number from 1 to 4096."],
    [stack, { box: 9.5 }, "Thumbnails of 9.5 pixels; expected a whole number from 1 to 4096."],
  ])("refuse what they can't make: %#", async (pictures, options, sentence) => {
    await expect(makeThumbnails(pictures, options)).rejects.toThrow(sentence);
  });
});
