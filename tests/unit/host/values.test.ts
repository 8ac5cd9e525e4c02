import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bytesOf } from "../../../src/widgets/host/bytes-of.ts";
import { contentKey } from "../../../src/widgets/host/content-key.ts";
import type { SessionStatus } from "../../../src/widgets/host/contract.ts";
import { spreadChannels } from "../../../src/widgets/host/decode-picture.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { PictureCache } from "../../../src/widgets/host/picture-cache.ts";
import { readPicturePack, writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import type { NumericSource, TextSource } from "../../../src/widgets/host/sources.ts";
import { StatusReport } from "../../../src/widgets/host/status-report.ts";
import { numbersOf } from "../../../src/widgets/host/typed-array.ts";

describe("binary values", () => {
  const inside = new Uint8Array([9, 1, 2, 3, 9]).buffer;

  it("are read from whatever a host gives, without its surroundings", () => {
    const given = [new DataView(inside, 1, 3), new Uint8Array(inside, 1, 3), inside.slice(1, 4), "AQID"];
    for (const value of given) expect([...bytesOf(value)]).toEqual([1, 2, 3]);
    for (const nothing of [null, undefined, ""]) expect(bytesOf(nothing).length).toBe(0);
    expect(() => bytesOf({})).toThrow("not bytes: [object Object]");
  });

  it("become numbers also where they are not aligned", () => {
    const bytes = new Uint8Array(9);
    bytes.set(new Uint8Array(Float32Array.of(1.5, -2).buffer), 1);
    expect([...numbersOf(bytes.subarray(1), "float32")]).toEqual([1.5, -2]);
    expect(() => numbersOf(bytes, "float32")).toThrow("The data are cut: 9 bytes are no whole number of float32.");
  });

  it("have one name for the same content and another for any other", () => {
    const bytes = Uint8Array.from({ length: 1001 }, (_, place) => place % 251);
    const key = contentKey(bytes, "a");
    expect(contentKey(bytes.slice(), "a")).toBe(key);
    const shifted = new Uint8Array(1002);
    shifted.set(bytes, 1);
    expect(contentKey(shifted.subarray(1), "a")).toBe(key);
    const keys = new Set([key, contentKey(bytes, "b"), contentKey(bytes.subarray(1), "a")]);
    for (let place = 0; place < bytes.length; place++) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      keys.add(contentKey(changed, "a"));
    }
    expect(keys.size).toBe(3 + 1001);
  });
});

describe("pictures", () => {
  it("are packed and taken apart", () => {
    const pack = writePicturePack([
      { picture: { row: 3, mime: "image/png" }, bytes: new Uint8Array([1, 2]) },
      { picture: { row: 5, width: 1, height: 1, channels: 1 }, bytes: new Uint8Array([7]) },
    ]);
    const { pictures, bytes } = readPicturePack(pack);
    expect(pictures).toEqual([
      { row: 3, mime: "image/png", offset: 0, length: 2 },
      { row: 5, width: 1, height: 1, channels: 1, offset: 2, length: 1 },
    ]);
    expect([...bytes]).toEqual([1, 2, 7]);
  });

  it("get the four channels of a canvas", () => {
    expect([...spreadChannels(new Uint8Array([7]), 1)]).toEqual([7, 7, 7, 255]);
    expect([...spreadChannels(new Uint8Array([1, 2, 3]), 3)]).toEqual([1, 2, 3, 255]);
    expect([...spreadChannels(new Uint8Array([1, 2, 3, 4]), 4)]).toEqual([1, 2, 3, 4]);
  });

  it("are kept up to a bound, the least recently seen given up first", () => {
    const picture = () => ({ width: 10, height: 10, close() {} }) as ImageBitmap;
    const cache = new PictureCache(1000);
    cache.put("k", 0, picture());
    cache.put("k", 1, picture());
    expect(cache.get("k", 0)).toBeDefined();
    cache.put("k", 2, picture());
    expect([0, 1, 2].map((row) => cache.get("k", row) !== undefined)).toEqual([true, false, true]);
  });
});

describe("data written by a page's author", () => {
  it("become sources: rows of numbers, one array with its shape, texts, columns", async () => {
    const props = inlineProps({
      points: [
        [1, 2],
        [3, 4],
      ],
      coords: { data: Float64Array.of(1, 2, 3, 4), shape: [2, 2] },
      names: ["a", null],
      values: { area: [5, 6] },
      nNeighbors: 5,
      labels: ["x", "y"],
    }) as { points: NumericSource; coords: NumericSource; names: TextSource; nNeighbors: number; labels: unknown };
    expect([...(await props.points.read({}))]).toEqual([1, 2, 3, 4]);
    expect(props.points.shape).toEqual([2, 2]);
    expect(props.coords.key).toBe(props.points.key);
    expect(await props.names.read({})).toEqual(["a", ""]);
    expect(props.nNeighbors).toBe(5);
    expect(props.labels).toEqual(["x", "y"]);
  });

  it("have NaN, not zero, where a number is missing", async () => {
    const { points, coords, values } = inlineProps({
      points: [
        [1, null, 3],
        [4, 5, undefined],
      ],
      coords: { data: [null, 2, 3, undefined], shape: [2, 2] },
      values: { area: [null, 6], count: BigInt64Array.of(7n, -8n), depth: Float64Array.of(0.5, 9) },
    }) as { points: NumericSource; coords: NumericSource; values: { columns: { values: NumericSource }[] } };
    const read = async (source: NumericSource) => [...(await source.read({}))];
    expect(await read(points)).toEqual([1, Number.NaN, 3, 4, 5, Number.NaN]);
    expect(await read(coords)).toEqual([Number.NaN, 2, 3, Number.NaN]);
    const columns = await Promise.all(values.columns.map((column) => read(column.values)));
    expect(columns).toEqual([
      [Number.NaN, 6],
      [7, -8],
      [0.5, 9],
    ]);
  });

  it("are refused in a sentence when they are no table", () => {
    expect(() => inlineProps({ points: [[1, 2], [3]] })).toThrow("Row 1 of points has 1 numbers, row 0 has 2.");
    expect(() => inlineProps({ points: [1, 2] })).toThrow("points is not a table of numbers.");
    expect(() => inlineProps({ coords: { data: [1, 2, 3], shape: [2, 2] } })).toThrow(
      "coords holds 3 numbers; its shape 2 × 2 needs 4.",
    );
  });
});

describe("reports to Python", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const working = (round: number): SessionStatus => ({ phase: "working", sentence: `round ${round}` });

  it("go out at most twice a second while something is computed, the latest among them, and the end at once", () => {
    vi.advanceTimersByTime(1000);
    const life = new AbortController();
    const report = new StatusReport(life.signal);
    const heard: SessionStatus[] = [];
    report.listen((status) => heard.push(status), life.signal);
    for (let round = 0; round < 100; round++) {
      report.report(working(round));
      vi.advanceTimersByTime(10);
    }
    expect(heard).toEqual([working(9), working(59)]);
    report.report({ phase: "done", seconds: 1, caption: "" });
    expect(heard.at(-1)).toMatchObject({ phase: "done" });
    report.report(working(1));
    life.abort();
    vi.advanceTimersByTime(1000);
    expect(heard.at(-1)).toMatchObject({ phase: "done" });
  });

  it("say nothing of work that is done within a tenth of a second", () => {
    const report = new StatusReport(new AbortController().signal);
    const heard: SessionStatus[] = [];
    report.listen((status) => heard.push(status), new AbortController().signal);
    report.report(working(1));
    vi.advanceTimersByTime(90);
    report.report({ phase: "done", seconds: 0.09, caption: "" });
    vi.advanceTimersByTime(1000);
    expect(heard.map(({ phase }) => phase)).toEqual(["done"]);
  });
});
