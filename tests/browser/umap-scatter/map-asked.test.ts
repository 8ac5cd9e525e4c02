import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope");
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const NOT_YET = "The map is not computed yet. Await the widget first.";

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts");
});
afterEach(() => opened.close());

/** Shows a map, and leaves it and what can be asked of it to the page. */
async function show(rows: number, options: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await opened.page.evaluate(
    ([count, given]) => {
      const { clusters, show } = globalThis.scatterPage;
      const outcome = (asked: Promise<unknown>) =>
        asked.then(
          () => "answered",
          (thrown: Error) => thrown.message,
        );
      const map = show({ points: clusters(count, 8, 4), nEpochs: 60, ...given });
      globalThis.asking = { map, outcome };
    },
    [rows, options] as const,
  );
}

const ready = () => opened.page.evaluate(() => globalThis.asking.map.ready);

describe("what is asked of a map", () => {
  it("is answered once the map is there, when it was asked before", async () => {
    await show(300);
    const outcomes = await opened.page.evaluate(() => {
      const { map, outcome } = globalThis.asking;
      const rows = globalThis.scatterPage.clusters(2, 8, 2);
      return Promise.all([map.quality(), map.transform(rows), map.save("svg")].map(outcome));
    });
    expect(outcomes).toEqual(["answered", "answered", "answered"]);
  });

  it("is a figure of what there is, where the first map is held", async () => {
    await show(300, { nEpochs: 20_000 });
    await button("Pause").click();
    await expectStatus(widget(), /Paused at round/);
    const saved = await opened.page.evaluate(async () => (await globalThis.asking.map.save("csv")).text());
    expect(saved.trim().split("\n")).toHaveLength(301);
  });

  it("is not answered of other data than those on show", async () => {
    await show(300);
    await ready();
    const outcomes = await opened.page.evaluate(() => {
      const { map, outcome } = globalThis.asking;
      const { clusters } = globalThis.scatterPage;
      const rows = clusters(2, 8, 2);
      map.update({ points: clusters(300, 8, 3), nEpochs: 20_000 });
      return Promise.all([map.quality(), map.transform(rows), map.addRows(rows)].map(outcome));
    });
    expect(outcomes).toEqual([NOT_YET, NOT_YET, NOT_YET]);
  });

  it("is not answered of the PCA that stands in for a map", async () => {
    await opened.page.evaluate(() => {
      const watch = new MutationObserver(() => {
        const cancel = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Cancel");
        if (!document.querySelector(".ls-status")?.textContent?.includes("PCA preview") || !cancel) return;
        watch.disconnect();
        cancel.click();
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await show(4000);
    await expectStatus(widget(), /Stopped; this is the PCA preview, not yet a map\./);
    const outcomes = await opened.page.evaluate(() => {
      const { map, outcome } = globalThis.asking;
      const rows = globalThis.scatterPage.clusters(2, 8, 2);
      return Promise.all([map.quality(), map.transform(rows), map.addRows(rows)].map(outcome));
    });
    expect(outcomes).toEqual([NOT_YET, NOT_YET, NOT_YET]);
  });

  it("is of the neighbours that the map on show was laid out from, after another one that was stopped", async () => {
    await show(300);
    await ready();
    await opened.page.evaluate(() => globalThis.asking.map.update({ pca: 2, nEpochs: 20_000 }));
    await button("Pause").waitFor();
    await opened.page.evaluate(async () => {
      const { map } = globalThis.asking;
      map.update({ pca: null, nEpochs: 60 });
      // The worker has given the stopped map back by the time that it has placed rows.
      await map.transform(globalThis.scatterPage.clusters(200, 8, 2));
    });
    await button("Settings").click();
    await button("Measure").click();
    const figures = widget().locator(".ls-quality-figures");
    await expect.poll(() => figures.textContent()).toContain("Neighbour recall1.000");
  });

  it("is refused where the map on show is of other parameters than those that are set", async () => {
    await show(300);
    await ready();
    const outcome = await opened.page.evaluate(() => {
      const { map, outcome } = globalThis.asking;
      map.update({ minDist: 0.5, nEpochs: 20_000 });
      return outcome(map.addRows(globalThis.scatterPage.clusters(2, 8, 2)));
    });
    expect(outcome).toBe("The map on show is of other parameters than those that are set. Run it, then add rows.");
  });
});

describe("more neighbours than a settling map has kept", () => {
  it("are not told of as if it had taken them", async () => {
    await show(300);
    await ready();
    await opened.page.evaluate(() => globalThis.asking.map.update({ nEpochs: 100_000 }));
    await button("Pause").waitFor();
    await button("Settings").click();
    const caption = await widget()
      .getByRole("slider", { name: "n_neighbors" })
      .evaluate(async (input: HTMLInputElement) => {
        const roundOf = (caption: string) => Number(/([\d,]+) epochs/.exec(caption)?.[1]?.replaceAll(",", ""));
        const captionOf = async () => {
          const text = await (await globalThis.asking.map.save("svg")).text();
          return /<desc[^>]*>([^<]*)/.exec(text)?.[1] ?? "";
        };
        const before = await captionOf();
        input.value = "1";
        input.dispatchEvent(new Event("input"));
        for (;;) {
          const after = await captionOf();
          if (roundOf(after) > roundOf(before) + 8000) return after;
        }
      });
    expect(caption).toContain("n_neighbors 15,");
    await button("Cancel").click();
  });
});

describe("the reference engine", () => {
  it("can't be held, and says so", async () => {
    await show(300, { engine: "umap-js", nEpochs: 3000 });
    await expectStatus(widget(), /Laying out/);
    const outcome = await opened.page.evaluate(() => {
      const { map, outcome } = globalThis.asking;
      return outcome(map.pause());
    });
    expect(outcome).toContain("No layout is settling.");
    expect(await button("Pause").count()).toBe(0);
    await button("Cancel").click();
  });
});

describe("a preview of other parameters", () => {
  it("is told of by those that it has: what waits for Run is not among them", async () => {
    await show(300);
    await ready();
    await opened.page.evaluate(() => globalThis.asking.map.update({ nEpochs: 20_000 }));
    await button("Pause").waitFor();
    await button("Settings").click();
    await widget().getByRole("combobox", { name: "metric" }).selectOption("cosine");
    const caption = await widget()
      .getByRole("slider", { name: "min_dist" })
      .evaluate(async (input: HTMLInputElement) => {
        input.value = "0.8";
        input.dispatchEvent(new Event("input"));
        for (;;) {
          const text = await (await globalThis.asking.map.save("svg")).text();
          const told = /<desc[^>]*>([^<]*)/.exec(text)?.[1] ?? "";
          if (told.includes("min_dist 0.7") || told.includes("min_dist 0.8")) return told;
        }
      });
    expect(caption).toContain("euclidean");
  });
});

declare global {
  var asking: {
    readonly map: ReturnType<typeof globalThis.scatterPage.show>;
    outcome(asked: Promise<unknown>): Promise<string>;
  };
}
