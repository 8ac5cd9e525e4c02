import { describe, expect, it } from "vitest";
import { propsWithRows } from "../../../src/widgets/host/add-rows.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { joinPictures, joinTables } from "../../../src/widgets/host/join-rows.ts";
import { readPicturePack, writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import type { ImageSource, NumericSource, TextSource } from "../../../src/widgets/host/sources.ts";

const read = async (source: unknown) => [...(await (source as NumericSource).read({}))];
const placed = { positions: Float32Array.of(1, 2, 3, 4), dims: 2 };
const first = (facts = {}) =>
  inlineProps({
    points: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    ...facts,
  });
const grow = (current: Readonly<Record<string, unknown>>, facts = {}, rows = [[7, 8, 9]]) =>
  propsWithRows(current, placed, rows, facts, {});

describe("rows that follow others", () => {
  it("are one table with them, under a key that tells its parts", async () => {
    const grown = await grow(first());
    const points = grown.points as NumericSource;
    expect(points.shape).toEqual([3, 3]);
    expect(await read(points)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [one, two] = [first().points as NumericSource, inlineProps({ points: [[7, 8, 9]] }).points as NumericSource];
    expect(points.key).toBe(joinTables([one, two]).key);
    expect(joinTables([joinTables([one, two]), one]).key).toBe(joinTables([one, two, one]).key);
    expect(await read(grown.placed)).toEqual([1, 2, 3, 4]);
    expect((grown.placed as NumericSource).shape).toEqual([2, 2]);
  });

  it("leave a column as height, and not the numbers that were given of the rows before", async () => {
    expect(await grow(first({ height: 2 }))).not.toHaveProperty("height");
    expect(await grow(first({ height: [5, 6] }))).toMatchObject({ height: null });
  });

  it("bring what is told of them, and nothing where nothing is", async () => {
    const grown = await grow(first({ labels: ["a", "b"], names: ["x", "y"], values: { v: [1, 2] }, color: [3, 4] }));
    expect(grown.labels).toEqual(["a", "b", null]);
    expect(grown.color).toEqual([3, 4, null]);
    expect(await (grown.names as TextSource).read({})).toEqual(["x", "y", ""]);
    const { columns } = grown.values as { columns: readonly { name: string; values: NumericSource }[] };
    expect(await read(columns[0]?.values)).toEqual([1, 2, Number.NaN]);
    const told = await grow(first(), { labels: Int32Array.of(5), names: ["z"] });
    expect(told.labels).toEqual([null, null, 5]);
    expect(await (told.names as TextSource).read({})).toEqual(["", "", "z"]);
    expect(Object.keys(await grow(first())).sort()).toEqual(["placed", "points"]);
  });

  it("are refused in a sentence where they do not fit", async () => {
    await expect(grow(first(), {}, [[1, 2]])).rejects.toThrow("rows: expected 3 columns as in the map, got 2.");
    await expect(grow(first(), { labels: ["a", "b"] })).rejects.toThrow(
      "2 labels for 1 rows. Pass one a row in labels.",
    );
    await expect(grow(first(), { names: [] })).rejects.toThrow("0 names for 1 rows.");
    await expect(grow(inlineProps({ coords: [[1, 2]] }))).rejects.toThrow("There are no points here to add rows to.");
  });

  it("have their own pictures under the numbers that they have now", async () => {
    const source = (name: string, length: number): ImageSource => ({
      key: name,
      length,
      get: async (row) => `${name} ${row}` as unknown as ImageBitmap,
      pack: async (rows) =>
        writePicturePack(rows.map((row) => ({ picture: { row, mime: name }, bytes: new Uint8Array([row, row]) }))),
    });
    const both = joinPictures([source("a", 2), 2], [source("b", 3), 3]);
    expect(both?.length).toBe(5);
    expect(await both?.get(1, {})).toBe("a 1");
    expect(await both?.get(2, {})).toBe("b 0");
    expect(await joinPictures([null, 2], [source("b", 3), 3])?.get(0, {})).toBeNull();
    expect(joinPictures([null, 2], [null, 3])).toBeNull();
    const packed = readPicturePack((await both?.pack([4, 1, 2], {})) ?? new Uint8Array());
    const byRow = packed.pictures.map(({ row, mime, offset }) => [row, mime, packed.bytes[offset]]);
    expect(byRow).toEqual([
      [1, "a", 1],
      [4, "b", 2],
      [2, "b", 0],
    ]);
  });
});
