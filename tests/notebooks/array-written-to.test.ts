import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { pixelsOf } from "../support/pixels.ts";
import { useLab } from "../support/use-lab.ts";

/** Large enough to be named by where it lies: 2.5 MB. */
const TILES = `import layerscope as ls, numpy as np
tiles = np.zeros((200, 64, 64, 3), np.uint8)
tiles[..., 0] = 255
xy = np.random.default_rng(1).uniform(size=(200, 2))`;
const MOSAIC = "ls.Mosaic(tiles, xy, num_tiles_x=10)";

/** Pixels of a plain red and of a plain blue on the screen. */
async function redAndBlue(widget: Locator): Promise<readonly [number, number]> {
  const { data } = await pixelsOf(widget);
  let [red, blue] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    if (r > 240 && g + b < 30) red++;
    if (b > 240 && r + g < 30) blue++;
  }
  return [red, blue];
}

describe("a large array of pictures", () => {
  const lab = useLab();

  it("that was written to shows what it holds now when its cell runs again, and crosses anew only then", async () => {
    const notebook = await lab.open([TILES, MOSAIC]);
    await notebook.runAll();
    const colours = () => redAndBlue(notebook.widget());
    await expect.poll(async () => (await colours())[0], { timeout: 30_000 }).toBeGreaterThan(10_000);
    const key = () => notebook.ask("print(_._props['images']['$images']['key'])");
    const first = await key();
    await notebook.run(1);
    expect(await key()).toBe(first);
    await notebook.ask("tiles[..., 0], tiles[..., 2] = 0, 255");
    await notebook.run(1);
    await expect.poll(async () => (await colours())[1], { timeout: 30_000 }).toBeGreaterThan(10_000);
    expect((await colours())[0]).toBe(0);
    expect(await key()).not.toBe(first);
    expect(notebook.errors).toEqual([]);
  });
});
