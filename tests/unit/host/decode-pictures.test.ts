import { expect, it } from "vitest";
import { decodeProps, type Origin } from "../../../src/widgets/host/decode-props.ts";
import { newId } from "../../../src/widgets/host/new-id.ts";
import { writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import type { ImageSource } from "../../../src/widgets/host/sources.ts";

/** Pictures as Python tells of them, and how they were asked for. */
function picturesOf(told: object) {
  const asked: unknown[] = [];
  const origin: Origin = {
    route: { ended: false, fetch: () => Promise.reject(new Error("no array")) },
    async fetchPictures(_, rows, how) {
      asked.push([rows, how]);
      return writePicturePack([]);
    },
    load: () => Promise.reject(new Error("no part")),
    lifetime: new AbortController().signal,
  };
  return { asked, pictures: decodeProps({ $images: { key: newId(), ...told } }, origin) as ImageSource };
}

const arrayOf = (side: number, channels: number) => ({
  length: 10,
  bytes: 10 * side ** 2 * channels,
  size: { width: side, height: side, channels },
});

it("pictures are asked for at the size that they are to fit, whole ones where none is told", async () => {
  const { asked, pictures } = picturesOf(arrayOf(64, 3));
  await pictures.pack([2], {}, 16);
  await pictures.pack([3], {});
  await pictures.sample?.([4], {});
  expect(asked).toEqual([
    [[2], { box: 16 }],
    [[3], {}],
    [[4], { side: 8, means: 1 }],
  ]);
});

it("what a picture takes of the line is known by the size that it comes in", () => {
  const { bytesEach } = picturesOf(arrayOf(64, 3)).pictures;
  expect([16, 32, 64, 128].map((box) => bytesEach?.(box))).toEqual([768, 3072, 12_288, 12_288]);
});

it("of pictures as large as a screen few are asked for at once: to shrink them takes longer than what is left of them", () => {
  expect(picturesOf(arrayOf(2000, 3)).pictures.bytesEach?.(16)).toBe(750_000);
});

it("pictures with opacity come whole, and of encoded ones the mean is known", () => {
  expect(picturesOf(arrayOf(64, 4)).pictures.bytesEach?.(16)).toBe(16_384);
  expect(picturesOf({ length: 4, bytes: 10_000 }).pictures.bytesEach?.(16)).toBe(2500);
});

it("of no pictures, and of a page that was written before, nothing is known", () => {
  expect(picturesOf({ length: 0, bytes: 0 }).pictures.bytesEach).toBeUndefined();
  expect(picturesOf({ length: 4 }).pictures.bytesEach).toBeUndefined();
});
