import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { umap } from "../../../src/compute/umap/index.ts";
import { umapDefaults } from "../../../src/compute/umap/options.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows } from "../../unit/compute/random.ts";
import type { Asked } from "./worker-page.ts";

const workerPage = fileURLToPath(new URL("worker-page.ts", import.meta.url));
let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, workerPage);
});
afterAll(() => browser.close());

const points = { data: clusteredRows(700, 20, 6, 5), rows: 700, columns: 20 };
const asked: Asked = { ...points, data: [...points.data], options: {} };
const compute = (other: Partial<Asked>) =>
  opened.page.evaluate((all) => window.computeMap(all), { ...asked, ...other });

/** The same page as one file, as exported pages are. */
async function openFromDisk(): Promise<Page> {
  const script = await opened.page.evaluate(() => [...document.scripts].at(-1)?.textContent ?? "");
  const folder = await mkdtemp(join(tmpdir(), "layerscope-"));
  await writeFile(join(folder, "page.html"), `<script>${script.replaceAll("</script", "<\\/script")}</script>`);
  const page = await browser.newPage();
  await page.goto(pathToFileURL(join(folder, "page.html")).href);
  await rm(folder, { recursive: true });
  return page;
}

/** Threads of workers in the browser's pages: workers that workers have started are in no other list. */
async function workerThreads(): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const threads = processInfo
    .filter(({ type }) => type === "renderer")
    .flatMap(({ id }) => readdirSync(`/proc/${id}/task`).map((thread) => `/proc/${id}/task/${thread}/comm`));
  return threads.filter((file) => readFileSync(file, "utf8").startsWith("DedicatedWorker")).length;
}

describe("the worker of a page", () => {
  it.each([
    {},
    { nComponents: 3, metric: "cosine", init: "spectral" },
    { metric: "manhattan", init: "random", minDist: 0.4, seed: 9 },
  ] as const)("computes the same bits as Node: %o", async (options) => {
    const here = await umap(points, { ...umapDefaults, ...options }, {});
    const there = await compute({ options });
    expect(there.error).toBe("");
    expect(there.frames).toBeGreaterThan(0);
    expect(there.positions).toEqual([...here.positions]);
  });

  it.each(["localhost", "disk"])(
    "starts further workers for a job that is to be shared, with the same bits, and ends them: a page from %s",
    async (origin) => {
      const page = origin === "disk" ? await openFromDisk() : opened.page;
      const alone = await umap(points, umapDefaults, {});
      const before = await workerThreads();
      for (const workers of [2, 3]) {
        const there = await page.evaluate((all) => window.computeMap(all), { ...asked, options: { workers } });
        expect(there.positions).toEqual([...alone.positions]);
        expect((await workerThreads()) - before).toBeGreaterThanOrEqual(workers);
      }
      const pages = origin === "disk" ? 1 : 0;
      await expect.poll(workerThreads, { timeout: 20_000, interval: 200 }).toBe(before + pages);
    },
  );

  it("does all itself where no worker can start another", async () => {
    const forbidden = await openBrowserPage(browser, workerPage, {
      head: `<script>
        const Own = Worker;
        window.Worker = function (address, options) {
          return new Own(URL.createObjectURL(new Blob(["self.Worker = undefined;importScripts('" + address + "')"])), options);
        };
      </script>`,
    });
    const there = await forbidden.page.evaluate((all) => window.computeMap(all), { ...asked, options: { workers: 3 } });
    expect(there.error).toBe("");
    expect(there.positions).toEqual([...(await umap(points, umapDefaults, {})).positions]);
    await forbidden.close();
  });

  it("hears a cancel while it lays out, and gives back how far it came", async () => {
    const { epoch, epochs, error, positions } = await compute({ options: { nEpochs: 100_000 }, cancel: true });
    expect(error).toBe("");
    expect(epochs).toBe(100_000);
    expect(epoch).toBeLessThan(90_000);
    expect(positions.length).toBe(1400);
  });

  it("sends errors across with their words", async () => {
    const data = [...points.data];
    data[20 * 512 + 7] = Number.NaN;
    expect((await compute({ data })).error).toBe(
      "input: Row 512, column 7 is NaN (1 row in all). Remove or fill them.",
    );
  });

  it("asks the network for nothing", () => {
    expect(opened.requests.filter((address) => !address.startsWith("blob:"))).toEqual([]);
    expect(opened.errors).toEqual([]);
  });
});
