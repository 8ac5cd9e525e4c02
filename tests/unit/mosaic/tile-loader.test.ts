import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import { TileLoader } from "../../../src/widgets/mosaic/plot/tiles/tile-loader.ts";
import type { TileStore } from "../../../src/widgets/mosaic/plot/tiles/tile-store.ts";
import { stubImageData } from "../../support/stub-image-data.ts";

beforeEach(stubImageData);
afterEach(() => {
  vi.unstubAllGlobals();
});

/** A loader of 320 pictures whose lots come when they are told to, and what happens to them in turn. */
function loader() {
  const happened: string[] = [];
  const come: (() => void)[] = [];
  const images = {
    key: "pictures",
    length: 320,
    get: async () => null,
    pack(rows: readonly number[]) {
      happened.push(`asked ${rows[0]}`);
      return new Promise<Uint8Array<ArrayBuffer>>((resolve) => {
        const picture = (row: number) => ({
          picture: { row, width: 1, height: 1, channels: 3 },
          bytes: new Uint8Array(3),
        });
        come.push(() => resolve(writePicturePack(rows.map(picture))));
      });
    },
  };
  const store = {
    has: () => false,
    put: (row: number) => happened.push(`kept ${row}`) > 0,
  };
  const events = { arrived: () => undefined, failed: () => undefined };
  const made = new TileLoader(images, null, store as unknown as TileStore, events, new AbortController().signal);
  made.wish(Array.from({ length: 320 }, (_, row) => ({ row, kind: 0 })));
  return { happened, come };
}

test("three lots are on their way, however long they take", async () => {
  const { happened } = loader();
  await new Promise((resolve) => setImmediate(resolve));
  expect(happened).toEqual(["asked 0", "asked 32", "asked 64"]);
});

test("the next lot is asked for as soon as one has come, not once its pictures are decoded", async () => {
  const { happened, come } = loader();
  come[0]?.();
  await vi.waitUntil(() => happened.includes("kept 31"));
  expect(happened.slice(3, 5)).toEqual(["asked 96", "kept 0"]);
  expect(happened.filter((each) => each.startsWith("asked"))).toHaveLength(4);
});
