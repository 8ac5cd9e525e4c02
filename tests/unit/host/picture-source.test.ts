import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { newId } from "../../../src/widgets/host/new-id.ts";
import { readPicturePack, writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import { pictureSource } from "../../../src/widgets/host/picture-source.ts";

beforeEach(() => {
  vi.stubGlobal("ImageData", class {});
  vi.stubGlobal("createImageBitmap", async (image: Blob) => {
    const [row = 0] = new Uint8Array(await image.arrayBuffer());
    return { width: row, height: 1 };
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

/** Pictures whose one byte is their row, and what was asked for. */
function pictures() {
  const asked: number[][] = [];
  const source = pictureSource(newId(), 1000, async (rows) => {
    asked.push([...rows]);
    return writePicturePack(rows.map((row) => ({ picture: { row, mime: "image/png" }, bytes: new Uint8Array([row]) })));
  });
  return { asked, source };
}

it("pictures are fetched only when they are asked for, and once", async () => {
  const { asked, source } = pictures();
  expect(asked).toEqual([]);
  expect((await source.get(7, {}))?.width).toBe(7);
  expect((await source.get(7, {}))?.width).toBe(7);
  expect(asked).toEqual([[7]]);
});

it("pictures that are asked for together travel together, in batches of at most 64", async () => {
  const { asked, source } = pictures();
  const rows = Array.from({ length: 100 }, (_, row) => row);
  const found = await Promise.all(rows.map((row) => source.get(row, {})));
  expect(found.map((picture) => picture?.width)).toEqual(rows);
  expect(asked.map((batch) => batch.length)).toEqual([64, 36]);
});

it("two that want the same picture share its way", async () => {
  const { asked, source } = pictures();
  await Promise.all([source.get(3, {}), source.get(3, {}), source.get(4, {})]);
  expect(asked).toEqual([[3, 4]]);
});

it("a row without a picture has none, nor has any when Python has gone", async () => {
  const empty = pictureSource(newId(), 10, async () => writePicturePack([]));
  expect(await empty.get(1, {})).toBeNull();
  const gone = pictureSource(newId(), 10, async () => {
    throw new ComputeError("lost", "Python has stopped.");
  });
  expect(await gone.get(1, {})).toBeNull();
});

it("samples of pictures are asked for by themselves, eight pixels a side or a mean, where there is a way to have them", async () => {
  const asked: unknown[] = [];
  const fetchSample = async (rows: readonly number[], size: object) => {
    asked.push([rows, size]);
    return writePicturePack([]);
  };
  const source = pictureSource(newId(), 10, async () => Promise.reject(new Error("not the pictures")), {
    fetchSample,
  });
  await source.sample?.([4, 2], {});
  await source.sample?.([3], {}, true);
  expect(asked).toEqual([
    [[4, 2], { side: 8, means: 1 }],
    [[3], { side: 8, means: 8 }],
  ]);
  expect(pictures().source.sample).toBeUndefined();
});

it("pictures in a pack come as they are, none of them decoded here", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("decoded on the page")));
  const { asked, source } = pictures();
  const { pictures: packed, bytes } = readPicturePack(await source.pack([5, 9], {}));
  expect(packed.map(({ row, offset }) => [row, bytes[offset]])).toEqual([
    [5, 5],
    [9, 9],
  ]);
  expect(asked).toEqual([[5, 9]]);
  await expect(source.pack([1], { signal: AbortSignal.abort() })).rejects.toThrow("Stopped.");
  expect(asked).toEqual([[5, 9]]);
});

it("pictures that are to fit a square may come shrunk to it, and it is told what each then takes", async () => {
  const boxes: unknown[] = [];
  const fetchPack = async (_: readonly number[], box?: number) => {
    boxes.push(box);
    return writePicturePack([]);
  };
  const source = pictureSource(newId(), 10, fetchPack, { bytesEach: (box) => 3 * box ** 2 });
  await source.pack([1], {}, 16);
  await source.pack([1], {});
  expect(boxes).toEqual([16, undefined]);
  expect(source.bytesEach?.(16)).toBe(768);
});

it("raw pictures of one size come as one stack", () => {
  const header = new TextEncoder().encode(JSON.stringify({ rows: [7, 3], width: 2, height: 1, channels: 3 }));
  const pack = new Uint8Array([header.length, 0, 0, 0, ...header, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const { pictures, bytes } = readPicturePack(pack);
  const kind = { length: 6, width: 2, height: 1, channels: 3 };
  expect(pictures).toEqual([
    { row: 7, offset: 0, ...kind },
    { row: 3, offset: 6, ...kind },
  ]);
  expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

it("a failure is no memory: the picture is asked for again", async () => {
  let failures = 1;
  const source = pictureSource(newId(), 10, async ([row = 0]) => {
    if (failures-- > 0) throw new ComputeError("internal", "Once.");
    return writePicturePack([{ picture: { row, mime: "image/png" }, bytes: new Uint8Array([row]) }]);
  });
  await expect(source.get(2, {})).rejects.toThrow("Once.");
  expect((await source.get(2, {}))?.width).toBe(2);
});
