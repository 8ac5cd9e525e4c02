import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../../support/scatter-actions.ts";
import { serveFolder } from "../../support/static-server.ts";
import type {} from "./scatter-page.ts";

/** Plain http from another machine, as far as the browser can tell: only localhost and https are trusted. */
const HOST = "insecure.test";
const PAGE = `<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,">
<body><div id="root"></div><textarea aria-label="paste here"></textarea><script src="page.js"></script>`;

let folder: string;
let server: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let page: Page;
const errors: string[] = [];
const widget = (index = 0) => page.locator(".layerscope").nth(index);
const button = (name: string) => widget().getByRole("button", { name, exact: true });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "layerscope-"));
  await writeFile(join(folder, "index.html"), PAGE);
  await writeFile(join(folder, "page.js"), await bundle("tests/browser/umap-scatter/scatter-page.ts"));
  server = await serveFolder(folder);
  browser = await launchChromium({ args: [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`] });
  page = await open(HOST);
});
afterAll(async () => {
  await browser?.close();
  server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function open(host: string): Promise<Page> {
  const opened = await browser.newPage({ viewport: { width: 1040, height: 900 } });
  opened.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  opened.on("pageerror", (error) => errors.push(error.message));
  await opened.goto(`http://${host}:${new URL(server.address).port}/index.html`);
  return opened;
}

/** Shows a map of rows enough for a GPU, and what follows it; gives its coordinates. */
function showMap(where: Page, options: Readonly<Record<string, unknown>> = {}): Promise<readonly number[]> {
  return where.evaluate(async (given) => {
    const { clusters, link, show } = globalThis.scatterPage;
    const labels = Array.from({ length: 2400 }, (_, row) => `class ${row % 4}`);
    const map = show({ points: clusters(2400, 12, 4), labels, nEpochs: 60, ...given });
    await map.ready;
    const other = show({ coords: Array.from({ length: 2400 }, (_, row) => [row % 49, row % 51]) });
    await other.ready;
    link(map, other);
    globalThis.insecure = { map, other };
    return [...(map.embedding ?? [])];
  }, options);
}

describe("a page that is neither https nor localhost", () => {
  let positions: readonly number[] = [];
  beforeAll(async () => {
    positions = await showMap(page);
  });

  it("has nothing of what only trusted pages have", async () => {
    const there = await page.evaluate(() => [
      isSecureContext,
      "gpu" in navigator,
      "clipboard" in navigator,
      "randomUUID" in crypto,
      "subtle" in crypto,
    ]);
    expect(there).toEqual([false, false, false, false, false]);
  });

  it("computes its map on the CPU, and says under the pointer and the focus what would bring the GPU", async () => {
    const backend = widget().locator(".ls-backend");
    const hint = backend.getByRole("tooltip");
    expect(await backend.locator(".ls-backend-name").textContent()).toBe("CPU");
    expect(await hint.isVisible()).toBe(false);
    await backend.hover();
    await hint.getByText("CPU: WebGPU needs https or localhost.", { exact: true }).waitFor({ state: "visible" });
    await page.mouse.move(0, 0);
    await hint.waitFor({ state: "hidden" });
    await backend.focus();
    await hint.waitFor({ state: "visible" });
    await page.getByLabel("paste here").focus();
    await hint.waitFor({ state: "hidden" });
  });

  it("has the map that trusted pages have, to the bit", async () => {
    await expectInk(widget());
    const trusted = await open("localhost");
    expect(await trusted.evaluate(() => isSecureContext)).toBe(true);
    expect(positions).toHaveLength(4800);
    expect(await showMap(trusted)).toEqual(positions);
    await trusted.close();
  });

  it("puts the caption on the clipboard, by the way that is left", async () => {
    await button("Save").click();
    await page.getByRole("menuitem", { name: "Copy caption" }).click();
    await expectStatus(widget(), /Caption copied/);
    await page.getByLabel("paste here").focus();
    await page.keyboard.press("ControlOrMeta+V");
    expect(await page.getByLabel("paste here").inputValue()).toContain("UMAP of 2,400 rows × 12");
  });

  it("selects, follows, places rows, measures and saves as everywhere", async () => {
    await drawLasso(widget(), LEFT_HALF);
    await expectStatus(widget(1), /of 2,400 selected/);
    const answers = await page.evaluate(async () => {
      const { map, other } = globalThis.insecure;
      const chosen = map.value?.length ?? 0;
      const placed = await map.transform(globalThis.scatterPage.clusters(3, 12, 3));
      const { trustworthiness } = await map.quality();
      const sizes = [];
      for (const format of ["png", "svg", "pdf", "csv"]) sizes.push((await map.save(format)).size);
      await map.addRows(globalThis.scatterPage.clusters(8, 12, 4));
      return {
        isFollowed: chosen > 0 && chosen === other.value?.length,
        placed: placed.length,
        isTrusted: Number(trustworthiness) > 0.8,
        arePictures: sizes.every((size) => size > 1000),
        rows: map.rowCount,
      };
    });
    expect(answers).toEqual({ isFollowed: true, placed: 6, isTrusted: true, arePictures: true, rows: 2408 });
    expect(errors).toEqual([]);
  });
});

declare global {
  var insecure: Readonly<Record<"map" | "other", ReturnType<typeof globalThis.scatterPage.show>>>;
}
