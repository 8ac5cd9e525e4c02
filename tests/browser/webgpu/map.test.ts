import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { umap } from "../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { clusteredRows } from "../../unit/compute/random.ts";
import type { MapAsked } from "./map-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, fileURLToPath(new URL("map-page.ts", import.meta.url)));
});
afterEach(() => opened.close());

const points = { data: clusteredRows(400, 10, 1, 3), rows: 400, columns: 10 };
const compute = (options: Partial<UmapOptions>, more: Partial<MapAsked> = {}) =>
  opened.page.evaluate((asked) => window.computeGpuMap(asked), {
    ...points,
    data: [...points.data],
    options: { nEpochs: 60, ...options },
    ...more,
  });
const computeHere = (options: Partial<UmapOptions>) => umap(points, { ...umapDefaults, nEpochs: 60, ...options }, {});

describe("a map on the GPU", () => {
  it.each([{}, { metric: "cosine", nComponents: 3, nNeighbors: 30 }, { metric: "manhattan", init: "random" }] as const)(
    "has the bits of the CPU's, at every run: %o",
    async (options) => {
      const here = await computeHere({ ...options, backend: "cpu" });
      const there = await compute({ ...options, backend: "webgpu" });
      expect(there).toMatchObject({ error: "", backend: "WebGPU", notices: here.notices, epoch: 60, recall: 1 });
      expect(there.backendReason).toMatch(/^WebGPU: .*swiftshader/i);
      expect(there.indices).toEqual([...(here.neighbors?.indices ?? [])]);
      expect(there.distances).toEqual([...(here.neighbors?.distances ?? [])]);
      expect(there.positions).toEqual([...here.positions]);
      expect((await compute({ ...options, backend: "webgpu" })).positions).toEqual(there.positions);
    },
  );

  it("by NN-descent has the bits of the CPU's, whether the device stays or is lost", async () => {
    const many = { data: clusteredRows(4_200, 12, 6, 5), rows: 4_200, columns: 12 };
    const options = { neighborSearch: "nn-descent", nNeighbors: 8, nEpochs: 3 } as const;
    const here = await umap(many, { ...umapDefaults, ...options, backend: "cpu" }, {});
    expect(here.recall).toBeGreaterThan(0.98);
    expect(here.recall).toBeLessThan(1);
    const asked = { ...many, data: [...many.data] };
    const there = await compute({ ...options, backend: "webgpu" }, asked);
    expect(there).toMatchObject({ error: "", backend: "WebGPU", notices: here.notices, recall: here.recall });
    expect(there.positions).toEqual([...here.positions]);
    const lost = await compute({ ...options, backend: "webgpu" }, { ...asked, when: "Finding neighbours" });
    const notices = ["The GPU was lost; computing again on the CPU.", ...here.notices];
    expect(lost).toMatchObject({ backend: "CPU", notices });
    expect(lost.positions).toEqual(there.positions);
  });

  it.each(["preview", "Finding neighbours", "layout"] as const)(
    "whose device is lost at the %s is finished on the CPU, with the same bits, from where it was, and says so",
    async (when) => {
      // More rounds than a GPU has done by the time that its loss is heard of.
      const nEpochs = 1500;
      const whole = await computeHere({ nEpochs });
      const there = await compute({ nEpochs, backend: "webgpu" }, { when });
      expect(there).toMatchObject({
        error: "",
        backend: "CPU",
        backendReason: "CPU: the GPU was lost.",
        notices: ["The GPU was lost; computing again on the CPU."],
        epoch: nEpochs,
      });
      expect(there.positions).toEqual([...whole.positions]);
      // The picture never goes back to an earlier round.
      expect(there.epochs).toEqual([...(there.epochs ?? [])].sort((a, b) => a - b));
      expect(there.told?.at(-1)).toBe("CPU: the GPU was lost.");
    },
  );

  it("is the same one in the page's worker", async () => {
    const asked = { ...points, data: [...points.data], options: { nEpochs: 60, backend: "webgpu" as const } };
    const there = await opened.page.evaluate((all) => window.computeInWorker(all), asked);
    expect(there).toMatchObject({ backend: "WebGPU", backendReason: "WebGPU: google swiftshader.", notices: [] });
    expect(there.positions).toEqual([...(await computeHere({})).positions]);
    expect(opened.requests.filter((address) => !address.startsWith("blob:"))).toEqual([]);
  });

  it("takes another device when the one before is gone", async () => {
    expect(await compute({ backend: "webgpu" }, { when: "start" })).toMatchObject({ backend: "WebGPU", notices: [] });
  });

  it("that is cancelled while neighbours are found rejects, and while it is laid out gives how far it came", async () => {
    const searching = await compute({ backend: "webgpu" }, { when: "Finding neighbours", interrupt: "cancel" });
    expect(searching.error).toBe("cancelled: Stopped.");
    const settling = await compute({ backend: "webgpu", nEpochs: 20_000 }, { when: "layout", interrupt: "cancel" });
    expect(settling).toMatchObject({ error: "", backend: "WebGPU", notices: [] });
    expect(settling.epoch).toBeGreaterThan(0);
    expect(settling.epoch).toBeLessThan(20_000);
  });

  it("is computed on the CPU, with the reason, wherever a GPU is of no use", async () => {
    const reason = async (options: Partial<UmapOptions>) => (await compute(options)).backendReason;
    const many = clusteredRows(2_000, 3, 4, 1);
    const emulated = await compute({ nEpochs: 1 }, { data: [...many], rows: 2_000, columns: 3 });
    expect(emulated.backendReason).toBe("CPU: this browser's WebGPU is emulated in software.");
    expect(await reason({})).toBe("CPU: so few rows are quicker here than on the GPU.");
    expect(await reason({ backend: "cpu" })).toBe("CPU: asked for.");
    expect(await reason({ backend: "webgpu", nNeighbors: 390 })).toBe("CPU: the GPU looks for at most 384 neighbours.");
  });

  it("is computed on the CPU, with the sentence, on a page without a secure context or without WebGPU", async () => {
    await opened.page.evaluate(() => Object.defineProperty(navigator, "gpu", { value: undefined }));
    const without = await compute({ backend: "webgpu" });
    expect(without.backendReason).toBe("CPU: this browser has no WebGPU.");
    await opened.page.evaluate(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
    const insecure = await compute({ backend: "webgpu" });
    expect(insecure.backendReason).toBe("CPU: WebGPU needs https or localhost.");
    expect(insecure.positions).toEqual([...(await computeHere({})).positions]);
  });
});
