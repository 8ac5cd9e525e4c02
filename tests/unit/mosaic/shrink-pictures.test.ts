import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import { pixelsOfPicture } from "../../../src/widgets/mosaic/plot/tiles/sheet-picture.ts";
import { shrinkPictures } from "../../../src/widgets/mosaic/plot/tiles/shrink-pictures.ts";
import { stubImageData } from "../../support/stub-image-data.ts";

const asked = vi.fn();
beforeEach(() => {
  asked.mockReset();
  vi.spyOn(pageClient(), "call").mockImplementation((name) => {
    asked(name);
    return Promise.reject(new Error("It was asked."));
  });
  stubImageData();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const pack = (count: number, side: number) =>
  writePicturePack(
    Array.from({ length: count }, (_, row) => ({
      picture: { row, width: side, height: side, channels: 3 },
      bytes: new Uint8Array(side * side * 3).fill(row),
    })),
  );
const { signal } = new AbortController();

test("few small pictures that fit are made in the page, which would wait for a worker to start", async () => {
  const made = await shrinkPictures(pack(5, 16), 16, null, signal);
  expect(asked).not.toHaveBeenCalled();
  expect(made.map(({ row, mean }) => [row, mean])).toEqual(
    [0, 1, 2, 3, 4].map((row) => [row, ((row << 24) | (row << 16) | (row << 8) | 255) >>> 0]),
  );
});

test.each([
  ["those that are to be shrunk", 5, 17],
  ["many", 1400, 16],
])("%s are made by the worker", async (_, count, side) => {
  // Where there is none they are made here after all.
  await shrinkPictures(pack(count, side), 16, null, signal);
  expect(asked).toHaveBeenCalledWith("thumbnails");
});

test.each([
  ["of one width, one below the other in one sheet", [16, 16, 16], 1],
  ["of several widths, each in a sheet of its own", [16, 8, 16], 3],
])("pictures %s, are found where they lie", async (_, widths, sheets) => {
  const heights = [4, 2, 5];
  const sent = writePicturePack(
    widths.map((width, row) => ({
      picture: { row, width, height: heights[row] ?? 0, channels: 1 },
      bytes: new Uint8Array(width * (heights[row] ?? 0)).fill(row + 1),
    })),
  );
  const made = await shrinkPictures(sent, 16, null, signal);
  expect(new Set(made.map(({ sheet }) => sheet)).size).toBe(sheets);
  expect(made.map(({ width, height }) => [width, height])).toEqual(widths.map((width, row) => [width, heights[row]]));
  for (const picture of made)
    expect([...pixelsOfPicture(picture)]).toEqual(
      Array.from({ length: picture.width * picture.height }, () => [...Array(3).fill(picture.row + 1), 255]).flat(),
    );
});
