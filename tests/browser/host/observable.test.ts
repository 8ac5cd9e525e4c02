import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { ElementHost } from "./observable-page.ts";

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

it("ends when its cell is run again", async () => {
  await opened.page.evaluate(() => elementHost.invalidate());
  await expect.poll(() => opened.page.evaluate(() => elementHost.sessions.ended)).toBe(1);
  await opened.page.locator("button").click();
  expect(await value()).toBeNull();
});

it("an input that is refused shows its sentence in the element, as text", async () => {
  await opened.page.evaluate(() => elementHost.make({ title: 7 }));
  expect(await opened.page.locator("[role=alert]").textContent()).toContain("title is <b>7</b>.");
  const reason = await opened.page.evaluate(() =>
    elementHost.at(1).ready.then(String, (error: Error) => error.message),
  );
  expect(reason).toBe("title is <b>7</b>. Pass a text.");
});
