import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { affordableSlot, slotFor, slotSide } from "../../../src/widgets/mosaic/plot/tiles/slot-sizes.ts";
import { TileStore } from "../../../src/widgets/mosaic/plot/tiles/tile-store.ts";

/** What was put where on each canvas. */
const put: { readonly canvas: object; readonly left: number; readonly top: number }[] = [];

beforeEach(() => {
  put.length = 0;
  vi.stubGlobal(
    "OffscreenCanvas",
    class {
      getContext() {
        return { putImageData: (_: unknown, left: number, top: number) => put.push({ canvas: this, left, top }) };
      }
    },
  );
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const picture = (width: number, height = width) => ({ sheet: {} as ImageData, top: 0, width, height });
const MEAN = 0x11223344;
const MiB = 2 ** 20;

describe("the store of tiles", () => {
  it("finds a picture where it was put, at its own size", () => {
    const store = new TileStore(10);
    for (const row of [3, 4]) store.put(row, slotFor(32), picture(32, 20), MEAN);
    const found = store.find(4, slotFor(32));
    expect([found?.width, found?.height, found?.kind]).toEqual([32, 20, slotFor(32)]);
    expect({ canvas: found?.canvas, left: found?.left, top: found?.top }).toEqual(put[1]);
    expect(store.find(5, slotFor(32))).toBeNull();
  });

  it("gives the fitting size first, else the next larger, else the largest there is", () => {
    const store = new TileStore(10);
    const sizes = () => store.find(1, slotFor(32))?.width;
    store.put(1, slotFor(8), picture(8), MEAN);
    expect(sizes()).toBe(8);
    store.put(1, slotFor(16), picture(16), MEAN);
    expect(sizes()).toBe(16);
    store.put(1, slotFor(128), picture(128), MEAN);
    expect(sizes()).toBe(128);
    store.put(1, slotFor(64), picture(64), MEAN);
    expect(sizes()).toBe(64);
    store.put(1, slotFor(32), picture(32), MEAN);
    expect(sizes()).toBe(32);
  });

  it("wants nothing larger of a picture that is smaller", () => {
    const store = new TileStore(10);
    expect(store.wantedKind(1, slotFor(256))).toBe(slotFor(256));
    store.put(1, slotFor(256), picture(50, 40), MEAN);
    expect(store.wantedKind(1, slotFor(256))).toBe(slotFor(64));
    expect(store.has(1, slotFor(64))).toBe(true);
    expect(store.wantedKind(1, slotFor(16))).toBe(slotFor(16));
  });

  it("takes no more than its bound for a hundred thousand pictures, and keeps what was drawn last", () => {
    const store = new TileStore(100_000, 16 * MiB);
    for (let row = 0; row < 100_000; row++) {
      if (row % 500 === 0) store.beginFrame();
      expect(store.put(row, slotFor(32), picture(32), MEAN)).toBe(true);
    }
    expect(store.bytes).toBe(16 * MiB);
    for (let row = 99_500; row < 100_000; row++) expect(store.has(row, slotFor(32))).toBe(true);
    expect(store.has(0, slotFor(32))).toBe(false);
    const places = new Set<string>();
    for (let row = 99_500; row < 100_000; row++) {
      const found = store.find(row, slotFor(32));
      places.add(`${put.findIndex(({ canvas }) => canvas === found?.canvas)} ${found?.left} ${found?.top}`);
    }
    expect(places.size).toBe(500);
  });

  it("never gives up what the present frame draws, but refuses more", () => {
    const store = new TileStore(10_000, 4 * MiB);
    store.beginFrame();
    const room = (1024 / 64) ** 2;
    for (let row = 0; row < room; row++) expect(store.put(row, slotFor(64), picture(64), MEAN)).toBe(true);
    expect(store.put(room, slotFor(64), picture(64), MEAN)).toBe(false);
    expect(store.put(room, slotFor(16), picture(16), MEAN)).toBe(false);
    store.beginFrame();
    for (let row = 0; row < room; row += 2) store.find(row, slotFor(64));
    expect(store.put(room, slotFor(64), picture(64), MEAN)).toBe(true);
    for (let row = 0; row < room; row += 2) expect(store.has(row, slotFor(64))).toBe(true);
  });

  it("gives pages of a size that is no longer drawn to the one that is", () => {
    const store = new TileStore(10_000, 4 * MiB);
    store.beginFrame();
    store.put(1, slotFor(64), picture(64), MEAN);
    store.beginFrame();
    expect(store.put(2, slotFor(16), picture(16), MEAN)).toBe(true);
    expect(store.has(1, slotFor(64))).toBe(false);
    expect(store.bytes).toBe(4 * MiB);
  });

  it("has room for the size that fits although pictures that stand in for it are drawn from everywhere", () => {
    const store = new TileStore(10_000, 8 * MiB);
    store.beginFrame();
    const room = (1024 / 64) ** 2;
    for (let row = 0; row < 2 * room; row++) store.put(row, slotFor(64), picture(64), MEAN);
    store.beginFrame();
    for (const row of [0, 1, room, 2 * room - 1]) expect(store.find(row, slotFor(16))?.width).toBe(64);
    expect(store.put(9000, slotFor(16), picture(16), MEAN)).toBe(true);
    expect(store.find(9000, slotFor(16))?.width).toBe(16);
    expect(store.bytes).toBe(8 * MiB);
  });

  it("knows a white picture from one that was never here", () => {
    const store = new TileStore(10);
    store.put(1, slotFor(16), picture(16), 0xffffffff);
    expect([store.meanOf(1), store.meanOf(2)]).toEqual([0xffffffff, null]);
  });

  it("remembers mean colours of pictures that it has given up", () => {
    const store = new TileStore(10_000, 4 * MiB);
    expect(store.meanOf(1)).toBeNull();
    store.put(1, slotFor(64), picture(64), 0);
    store.put(2, slotFor(64), picture(64), MEAN);
    store.beginFrame();
    store.put(3, slotFor(16), picture(16), MEAN);
    expect(store.find(2, slotFor(64))).toBeNull();
    expect([store.meanOf(1), store.meanOf(2)]).toEqual([0, MEAN]);
  });
});

describe("slots", () => {
  it("hold what is as large as they are", () => {
    expect([1, 8, 9, 16, 100, 512, 2000].map((pixels) => slotSide(slotFor(pixels)))).toEqual([
      8, 8, 16, 16, 128, 512, 512,
    ]);
  });

  it("are smaller where so many of the fitting ones would take too much", () => {
    expect(slotSide(affordableSlot(slotFor(128), 100, 48 * MiB))).toBe(128);
    expect(slotSide(affordableSlot(slotFor(128), 2000, 48 * MiB))).toBe(64);
    expect(slotSide(affordableSlot(slotFor(8), 10_000_000, 48 * MiB))).toBe(8);
  });
});
