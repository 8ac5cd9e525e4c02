import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "../../../src/compute/matrix.ts";
import { Pace } from "../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../src/compute/umap/arena.ts";
import { principalComponents } from "../../../src/compute/umap/start/principal-components.ts";
import { storePoints } from "../../../src/compute/umap/stored-points.ts";
import { validatePoints } from "../../../src/compute/umap/validate-points.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows, normal } from "../../unit/compute/random.ts";
import { digits } from "../../unit/compute/umap/digits.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("components-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const onGpu = (points: Matrix, nComponents: number, cancel = false) =>
  opened.page.evaluate((asked) => window.findComponents(asked), {
    ...points,
    data: [...points.data],
    nComponents,
    cancel,
  });

async function onCpu(points: Matrix, nComponents: number) {
  const pace = new Pace(undefined);
  const summary = await validatePoints(points, pace);
  const stored = await storePoints(await Arena.create(), points, summary, "cosine", pace);
  return principalComponents(stored, nComponents, pace);
}

const next = normal(7);
const matrices: Record<string, Matrix> = {
  digits,
  "20,000 rows, found from a sample": { data: clusteredRows(20_000, 4, 5, 3), rows: 20_000, columns: 4 },
  "rows so wide that sums are made of parts": { data: clusteredRows(600, 1001, 4, 8), rows: 600, columns: 1001 },
  "one column": { data: Float32Array.of(1, 3, 5, 7, 9), rows: 5, columns: 1 },
  "equal rows": { data: new Float32Array(12).fill(3), rows: 4, columns: 3 },
  "one row": { data: Float32Array.of(2, 4, 6), rows: 1, columns: 3 },
  "far from zero": { data: Float32Array.from({ length: 900 }, () => 1e4 + next()), rows: 300, columns: 3 },
  "numbers too large to be squared": {
    data: Float32Array.from({ length: 900 }, () => 1e30 * next()),
    rows: 300,
    columns: 3,
  },
};

describe("principal components on the GPU", () => {
  it.each(Object.entries(matrices))("are the CPU's to the bit: %s", async (_, points) => {
    const nComponents = points === digits ? 3 : 2;
    const { scores, error } = await onGpu(points, nComponents);
    expect(error).toBe("");
    const expected = await onCpu(points, nComponents);
    expect(scores.length).toBe(expected.length);
    expect([...expected].filter((score, place) => score !== scores[place])).toEqual([]);
  });

  it("hear a cancel", async () => {
    expect((await onGpu(digits, 2, true)).error).toBe("cancelled");
  });
});
