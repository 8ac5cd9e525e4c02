import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { colouredPixels, pixelsOf } from "../../support/pixels.ts";
import { drawLasso, expectStatus, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts", {
    viewport: { width: 640, height: 1200 },
  });
});
afterEach(async () => {
  await opened.close();
});

describe("what a map says of itself", () => {
  it("is what is on show, not what was asked for", async () => {
    const text = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20 });
      await element.ready;
      element.update({ minDist: 0.7, nEpochs: 4000 });
      return (await element.save("svg")).text();
    });
    expect(text).toContain("min_dist 0.1");
    expect(text).not.toContain("min_dist 0.7");
  });

  it("ends with an answer for whoever waits when the widget goes before the map is there", async () => {
    const answer = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(900, 12, 4), nEpochs: 4000 });
      element.dispose();
      return element.ready.then(
        () => "ready",
        (error) => String(error.message),
      );
    });
    expect(answer).toBe("The widget has ended.");
  });

  it("asks what to pass when there are no rows", async () => {
    await opened.page.evaluate(() => globalThis.scatterPage.show({ points: { data: [], shape: [0, 4] } }));
    await widget().locator(".ls-card").getByText("There are no rows to map.").waitFor();
    // Not even axes: there is nothing that they belong to.
    const inked = await opened.page.evaluate(() =>
      [...document.querySelectorAll<HTMLCanvasElement>(".ls-body canvas")].some((canvas) =>
        canvas
          .getContext("2d")
          ?.getImageData(0, 0, canvas.width, canvas.height)
          .data.some((part) => part > 0),
      ),
    );
    expect(inked).toBe(false);
  });
});

describe("parameters that change", () => {
  it("give the coordinates of the new map", async () => {
    const [before, after] = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20 });
      await element.ready;
      const first = Array.from(element.embedding ?? []);
      const other = show({ points: clusters(60, 4, 2), nEpochs: 20, minDist: 0.7 });
      await other.ready;
      element.update({ minDist: 0.7 });
      const wanted = Array.from(other.embedding ?? []);
      while (element.embedding?.[0] !== wanted[0]) await new Promise(requestAnimationFrame);
      return [first, Array.from(element.embedding ?? []), wanted];
    });
    expect(after?.length).toBe(120);
    expect(after).not.toEqual(before);
  });
});

describe("data that change", () => {
  it("take the selection of other rows with them", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20 });
      await element.ready;
      element.value = [3, 51];
      element.update({ points: clusters(30, 4, 2) });
    });
    // Row 3 of the new rows is another one.
    const value = () => opened.page.evaluate(() => (document.querySelector("#root > div") as never as Valued).value);
    expect(await value()).toBeNull();
    await expect.poll(() => widget().locator(".ls-subtitle").textContent()).toMatch(/^30 rows/);
    await expect.poll(() => statusOf(widget())).not.toContain("2 of");
  });

  it("clear the failure of labels that are right now", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20, labels: ["a"] });
      await element.ready;
      Object.assign(globalThis, { element });
    });
    await expectStatus(widget(), /1 labels for 60 rows\./);
    await opened.page.evaluate(() => {
      const { element } = globalThis as unknown as { element: { update(changed: object): void } };
      element.update({ labels: Array.from({ length: 60 }, (_, row) => row % 2) });
    });
    await expect.poll(() => statusOf(widget())).not.toContain("labels for");
    expect(await widget().locator(".ls-legend-row").count()).toBe(2);
  });

  it("bring new names into the search", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20 });
      await element.ready;
      element.update({ names: Array.from({ length: 60 }, (_, row) => `tile-${row}`) });
    });
    await widget().getByRole("button", { name: "Find", exact: true }).click();
    await opened.page.keyboard.type("tile-42");
    await widget().getByRole("option").filter({ hasText: "tile-42" }).waitFor();
  });
});

describe("the answer to what a reader does", () => {
  it("is said while rows are selected too", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const element = show({ points: clusters(60, 4, 2), nEpochs: 20 });
      await element.ready;
      element.value = [1];
    });
    await expectStatus(widget(), /1 of 60 selected/);
    // The corner holds no mark.
    await drawLasso(widget(), [
      [0.001, 0.001],
      [0.01, 0.001],
      [0.01, 0.01],
    ]);
    await expectStatus(widget(), /1 of 60 selected.*Nothing inside; selection unchanged\./);
  });

  it("a class that was pointed at in the legend does not hide the rows that a click adds to", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const labels = Array.from({ length: 90 }, (_, row) => ["a", "b", "c"][row % 3]);
      await show({ points: clusters(90, 4, 3), nEpochs: 20, labels }).ready;
    });
    const rows = widget().locator(".ls-legend-row");
    await rows.nth(0).click();
    await rows.nth(1).click({ modifiers: ["Shift"] });
    await expectStatus(widget(), /^60 of 90 selected/);
    expect(await opened.page.evaluate(() => getSelection()?.toString())).toBe("");
    // The pointer is still on the second class: both must be in colour.
    const colors = await opened.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".ls-body canvas");
      const pixels = canvas?.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const found = { blue: 0, orange: 0 };
      for (let at = 0; at < pixels.length; at += 4) {
        const [r = 0, , b = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
        if (b - r > 120) found.blue++;
        if (r - b > 120) found.orange++;
      }
      return found;
    });
    expect(colors.blue).toBeGreaterThan(20);
    expect(colors.orange).toBeGreaterThan(20);
  });

  it("fades in as a selection, and is there at once as the preview of a class", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      await show({ points: clusters(90, 4, 3), nEpochs: 20, labels: clusters(90, 4, 3).map((_, row) => row % 3) })
        .ready;
      const { animate } = Element.prototype;
      const fades: string[] = [];
      Element.prototype.animate = function (this: Element, ...call) {
        fades.push(this.className);
        return Reflect.apply(animate, this, call);
      };
      Object.assign(globalThis, { fades });
    });
    const fades = () => opened.page.evaluate(() => (globalThis as unknown as { fades: string[] }).fades);
    const coloured = async () => colouredPixels(await pixelsOf(widget().locator(".ls-body")));
    const before = await coloured();
    await widget().locator(".ls-legend-row").nth(1).hover();
    await expect.poll(coloured).toBeLessThan(0.6 * before);
    expect(await fades()).toEqual([]);
    await opened.page.evaluate(() => {
      (document.querySelector("#root > div") as never as { value: number[] }).value = [1, 2, 3];
    });
    await opened.page.mouse.move(2, 2);
    await expect.poll(coloured).toBeLessThan(0.3 * before);
    await opened.page.evaluate(() => {
      (document.querySelector("#root > div") as never as { value: number[] }).value = [4];
    });
    await expect.poll(fades).toEqual(["", "ls-plot-fading"]);
  });

  it("opens a tooltip only in the map under the pointer", async () => {
    await opened.page.evaluate(async () => {
      const { show, link } = globalThis.scatterPage;
      const coords = Array.from({ length: 25 }, (_, row) => [row % 5, Math.floor(row / 5)]);
      const [a, b] = [show({ coords }), show({ coords })];
      link(a, b);
      await Promise.all([a.ready, b.ready]);
    });
    const center = async (index: number) => {
      const box = await widget(index).locator(".ls-body").boundingBox();
      return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2] as const;
    };
    // Marks can be pointed at once the worker has sorted them.
    const clickFirst = async () => {
      await opened.page.mouse.click(...(await center(0)));
      return statusOf(widget(1));
    };
    await expect.poll(clickFirst).toContain("1 of 25 selected");
    await opened.page.mouse.move(...(await center(1)));
    await widget(1).locator(".ls-tooltip").waitFor();
    expect(await widget(0).locator(".ls-tooltip").isVisible()).toBe(false);
  });
});

interface Valued {
  readonly value: readonly number[] | null;
}
