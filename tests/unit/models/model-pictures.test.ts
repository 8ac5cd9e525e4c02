import { describe, expect, it } from "vitest";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import { pictureSource } from "../../../src/widgets/host/picture-source.ts";
import { readFloatPictures } from "../../../src/widgets/models/float-pictures.ts";
import { modelOfFiles } from "../../../src/widgets/models/model-of-files.ts";
import { openModel } from "../../../src/widgets/models/page-model.ts";
import { pictureLots } from "../../../src/widgets/models/picture-lots.ts";

const rowsTo = (count: number) => Array.from({ length: count }, (_, row) => row);

describe("pictures on their way to a model", () => {
  const source = (count: number, side: number, missing = -1) =>
    pictureSource("pictures", count, async (rows) =>
      writePicturePack(
        rows
          .filter((row) => row !== missing)
          .map((row) => ({
            picture: { row, width: side, height: side, channels: 1 },
            bytes: new Uint8Array(side * side).fill(row),
          })),
      ),
    );

  it("come in lots, few at first and all in the end, in their order", async () => {
    const lots: number[][] = [];
    for await (const { first, count, pictures } of pictureLots(source(600, 4), {})) {
      lots.push([first, count]);
      expect(pictures.pictures.map(({ offset }) => pictures.bytes[offset])).toEqual(
        rowsTo(count).map((at) => (first + at) % 256),
      );
    }
    expect(lots).toEqual([
      [0, 16],
      [16, 256],
      [272, 256],
      [528, 72],
    ]);
  });

  it("come few at a time where they are large", async () => {
    const lots: number[] = [];
    for await (const { count } of pictureLots(source(30, 1500), {})) lots.push(count);
    expect(lots).toEqual([16, 11, 3]);
    const known = { ...source(5, 1500), bytesEach: () => 9e6 };
    for await (const { count } of pictureLots(known, {})) lots.push(count);
    expect(lots.slice(3, 4)).toEqual([2]);
  });

  it("are told of by their row where they can't be had", async () => {
    const read = async () => {
      for await (const _ of pictureLots(source(40, 2, 30), {}));
    };
    await expect(read()).rejects.toThrow("Picture 30 could not be had.");
  });

  it("are turned where prepared ones have their channels on the other side, and refused where they don't fit", async () => {
    const last = sourceOf(Float32Array.from([1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60]), [1, 2, 3, 2]);
    const turned = await readFloatPictures(last, [2, 2, 3], {});
    expect([...turned.slice(0, 1)]).toEqual([1, 2, 3, 4, 5, 6, 10, 20, 30, 40, 50, 60]);
    const first = sourceOf(turned.slice(0, 1), [1, 2, 2, 3]);
    expect([...(await readFloatPictures(first, [2, 3, 2], {})).slice(0, 1)]).toEqual([
      1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60,
    ]);
    await expect(readFloatPictures(last, [3, 8, 8], {})).rejects.toThrow("(2, 3, 2); the model takes (3, 8, 8)");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "are refused by their row where they hold %s, before any of them is run",
    async (number) => {
      const numbers = new Float32Array(5 * 12);
      numbers[3 * 12 + 11] = number;
      await expect(readFloatPictures(sourceOf(numbers, [5, 2, 2, 3]), [2, 2, 3], {})).rejects.toThrow(
        `Picture 3 holds numbers that are not finite (${number}).`,
      );
    },
  );

  it("may be grey without their channel; what has the shape of the model's own pictures is one of them", async () => {
    const grey = sourceOf(
      Float32Array.from({ length: 12 }, (_, at) => at),
      [3, 2, 2],
    );
    const read = await readFloatPictures(grey, [1, 2, 2], {});
    expect([read.rows, ...read.slice(1, 2)]).toEqual([3, 4, 5, 6, 7]);
    for (const dims of [
      [3, 2, 2],
      [2, 2, 3],
    ])
      await expect(readFloatPictures(grey, dims, {})).rejects.toThrow(
        "The prepared pictures are one of (3, 2, 2), and no batch. Pass a batch: images[None], or a list.",
      );
    expect((await readFloatPictures(sourceOf(new Float32Array(16), [1, 4, 4]), [1, 4, 4], {})).rows).toBe(1);
  });
});

describe("a model of files in the page", () => {
  const bytes = (seed: number) => Uint8Array.from({ length: 1000 }, (_, at) => (at * seed) % 251);

  it("is the same model for the same content, in whatever order and form it is given", async () => {
    const file = { name: "a.onnx", content: bytes(3) };
    const data = { name: "folder/a.onnx.data", content: bytes(7) };
    const one = await modelOfFiles([file, data]);
    const other = await modelOfFiles([data, { name: "a.onnx", content: new Blob([file.content]) }]);
    expect(other.key).toBe(one.key);
    expect([one.name, other.name, other.files[0]?.name]).toEqual(["a.onnx", "a.onnx", "a.onnx.data"]);
    expect((await modelOfFiles([file])).key).not.toBe(one.key);
  });

  it("gives bytes that may be given away, and keeps its own", async () => {
    const content = bytes(5);
    const { files } = await modelOfFiles([{ name: "a.h5", content }]);
    const read = await files[0]?.read({});
    expect(read).toEqual(content);
    expect(read?.buffer).not.toBe(content.buffer);
  });

  it("is refused before anything of it is read where no engine in a page can hold it", async () => {
    const read: string[] = [];
    const vast = Object.defineProperties(new Blob(), {
      size: { value: 5e9 },
      slice: { value: () => read.push("slice") },
      arrayBuffer: { value: () => read.push("arrayBuffer") },
    });
    await expect(modelOfFiles([{ name: "vast.h5", content: vast }])).rejects.toMatchObject({
      reason: "vast.h5 has 5.0 GB; an engine in a page holds 3.5 GB at most.",
    });
    expect(read).toEqual([]);
  });

  it("is refused likewise where its files lie in the kernel", async () => {
    const read = () => Promise.reject(new Error("read"));
    const source = { key: "huge", name: "huge.onnx", files: [{ name: "huge.onnx.data", bytes: 4e9, read }] };
    const load = () => Promise.reject(new Error("loaded"));
    await expect(openModel(source, {}, { load })).rejects.toMatchObject({
      kind: "memory",
      reason: "huge.onnx has 4.0 GB; an engine in a page holds 3.5 GB at most.",
    });
  });
});
