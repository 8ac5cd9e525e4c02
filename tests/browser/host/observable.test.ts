import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { POLICY } from "../../../src/widgets/host/write-page.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { ElementHost } from "./observable-page.ts";
import { bundleModule, packedCore, python } from "./open-notebook-host.ts";

declare const elementHost: ElementHost;

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, resolve(import.meta.dirname, "observable-page.ts"));
  await opened.page.evaluate(() => elementHost.make({ points: [[1], [2], [3], [4]] }));
});
afterEach(() => opened.close());

const value = (place = 0) =>
  opened.page.evaluate((index) => {
    const rows = elementHost.at(index).value;
    return rows && [...rows];
  }, place);
const inputs = () => opened.page.evaluate(() => elementHost.inputs);

it("an element shows its widget and is ready when the widget is", async () => {
  await opened.page.evaluate(() => elementHost.at(0).ready);
  expect(await opened.page.locator(".sum").textContent()).toBe("sum 10");
  expect(opened.requests).toEqual([]);
});

it("the selected rows are its value, and a change of them an input event", async () => {
  expect(await value()).toBeNull();
  await opened.page.locator("button").click();
  expect(await value()).toEqual([1]);
  expect(await inputs()).toBe(1);
});

it("its value can be set, to rows or to null", async () => {
  await opened.page.evaluate(() => {
    elementHost.at(0).value = [0, 3];
  });
  expect(await value()).toEqual([0, 3]);
  expect(await opened.page.locator(".selected").textContent()).toBe("9");
  await opened.page.evaluate(() => {
    elementHost.at(0).value = null;
  });
  expect(await value()).toBeNull();
});

it("controls inside a widget do not speak for it", async () => {
  await opened.page.locator("input").fill("70");
  expect(await inputs()).toBe(0);
});

it("linked elements follow each other", async () => {
  await opened.page.evaluate(() => {
    elementHost.make({ points: [[1], [1], [1], [1]] });
    elementHost.link();
  });
  await opened.page.locator("button").first().click();
  expect(await value(1)).toEqual([1]);
});

it("elements over different rows can't be linked", async () => {
  const sentence = await opened.page.evaluate(() => {
    elementHost.make({ points: [[1]] });
    try {
      elementHost.link();
      return "";
    } catch (error) {
      return String(error);
    }
  });
  expect(sentence).toContain("These widgets can't be linked: 4 rows and 1 rows.");
});

it("an update reaches the widget with what has changed alone", async () => {
  await opened.page.evaluate(() => elementHost.at(0).update({ title: "<i>new</i>" }));
  expect(await opened.page.locator(".title").textContent()).toBe("<i>new</i>");
  expect(await opened.page.evaluate(() => elementHost.sessions.updates)).toEqual([["title"]]);
});

it("an update reads what has changed alone, and a refused one leaves the widget as it was", async () => {
  const reads = await opened.page.evaluate(() => {
    const counts = { points: 0, other: 0 };
    const table = (name: keyof typeof counts) => ({
      get data() {
        counts[name]++;
        return [1, 2];
      },
      shape: [2, 1],
    });
    elementHost.make({ points: table("points"), coords: table("other") });
    const first = { ...counts };
    const element = elementHost.at(1);
    element.update({ title: "new" });
    const afterTitle = { ...counts };
    element.update({ coords: table("other") });
    const refused = [] as string[];
    for (const changed of [{ title: 7 }, { names: ["a", "b"] }])
      try {
        element.update(changed);
      } catch (thrown) {
        refused.push(String(thrown));
      }
    return { first, afterTitle, last: { ...counts }, refused };
  });
  expect(reads.afterTitle).toEqual(reads.first);
  expect(reads.last.points).toBe(reads.first.points);
  expect(reads.last.other).toBeGreaterThan(reads.first.other);
  expect(reads.refused).toHaveLength(1);
  expect(await opened.page.locator(".title").nth(1).textContent()).toBe("new");
});

it("ends when its cell is run again", async () => {
  await opened.page.evaluate(() => elementHost.invalidate());
  await expect.poll(() => opened.page.evaluate(() => elementHost.sessions.ended)).toBe(1);
  await opened.page.locator("button").click();
  expect(await value()).toBeNull();
});

it("an exported page works from disk with the network cut, and its data are text", async () => {
  const parts = {
    standalone: String(await bundleModule("src/entries/standalone.ts")),
    blocks: { core: String((await packedCore()).toString("base64")) },
  };
  const html = await opened.page.evaluate(async (given) => {
    elementHost.parts = given;
    const canvas = new OffscreenCanvas(1, 1);
    const context = canvas.getContext("2d");
    if (context) context.fillStyle = "#ff0000";
    context?.fillRect(0, 0, 1, 1);
    const picture = await canvas.convertToBlob();
    elementHost.make({
      points: [[1], [2]],
      names: ["</script><b>a</b>", "b"],
      images: [picture, picture],
      title: "</script><b>t</b>",
    });
    elementHost.at(1).value = [1];
    return (await elementHost.at(1).toHtml()).text();
  }, parts);
  const folder = await mkdtemp(join(tmpdir(), "layerscope-element-"));
  const context = await browser.newContext({ offline: true });
  try {
    await writeFile(join(folder, "page.html"), html);
    const page = await context.newPage();
    await page.goto(`file://${folder}/page.html`);
    await expect.poll(() => page.locator(".sum").textContent()).toBe("sum 3");
    await expect.poll(() => page.locator(".names").textContent()).toBe("</script><b>a</b>|b");
    expect(await page.locator(".title").textContent()).toBe("</script><b>t</b>");
    expect(await page.locator(".selected").textContent()).toBe("2");
    expect(await page.locator("b").count()).toBe(0);
    const pixel = await page.waitForFunction(() => {
      const drawn = document.querySelector("canvas");
      return drawn ? [...(drawn.getContext("2d")?.getImageData(0, 0, 1, 1).data ?? [])] : null;
    });
    expect(await pixel.jsonValue()).toEqual([255, 0, 0, 255]);
  } finally {
    await context.close();
    await rm(folder, { recursive: true });
  }
});

it("pages exported here and by Python have the same policy", () => {
  const script = "from layerscope._export import POLICY; print(POLICY)";
  const env = { ...process.env, PYTHONPATH: resolve(import.meta.dirname, "../../../python-shim") };
  expect(execFileSync(python, ["-c", script], { encoding: "utf8", env }).trim()).toBe(POLICY);
});

it("an input that is refused shows its sentence in the element, as text", async () => {
  await opened.page.evaluate(() => elementHost.make({ title: 7 }));
  expect(await opened.page.locator("[role=alert]").textContent()).toContain("title is <b>7</b>.");
  const reason = await opened.page.evaluate(() =>
    elementHost.at(1).ready.then(String, (error: Error) => error.message),
  );
  expect(reason).toBe("title is <b>7</b>. Pass a text.");
});
