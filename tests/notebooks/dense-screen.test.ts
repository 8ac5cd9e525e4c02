import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { inkedPixels, pixelsOf } from "../support/pixels.ts";
import { expectInk } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

describe("a screen with two pixels to a CSS pixel", () => {
  const lab = useLab();

  it("shows the whole map, not a quarter of it at twice the size", async () => {
    const notebook = await lab.open(
      [
        `import layerscope as ls, numpy as np
corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
ls.UmapScatter(coords=np.repeat(corners, 125, axis=0) + np.random.default_rng(1).normal(0, 0.05, (500, 2)))`,
      ],
      { deviceScaleFactor: 2 },
    );
    await notebook.runAll();
    const map = notebook.widget();
    await expectInk(map, 0.01);
    for (const share of await inkOfQuarters(map)) expect(share).toBeGreaterThan(0.005);
    const body = await map.locator(".ls-body").boundingBox();
    for (const canvas of await map.locator(".ls-body canvas").all()) {
      const box = await canvas.boundingBox();
      expect(box?.width).toBeCloseTo(body?.width ?? 0, 0);
      expect(box?.height).toBeCloseTo(body?.height ?? 0, 0);
    }
  });
});

/** The share of inked pixels in each quarter of the map; the arrow in its corner makes up 0.002. */
async function inkOfQuarters(widget: Locator): Promise<number[]> {
  const { width, height, data } = await pixelsOf(widget.locator(".ls-body"));
  const [columns, rows] = [Math.floor(width / 2), Math.floor(height / 2)];
  return [0, 1, 2, 3].map((quarter) => {
    const [left, top] = [(quarter % 2) * columns, Math.floor(quarter / 2) * rows];
    const part = new Uint8Array(columns * rows * 4);
    for (let row = 0; row < rows; row++) {
      const start = ((top + row) * width + left) * 4;
      part.set(data.subarray(start, start + columns * 4), row * columns * 4);
    }
    return inkedPixels({ width: columns, height: rows, data: part }) / (columns * rows);
  });
}
