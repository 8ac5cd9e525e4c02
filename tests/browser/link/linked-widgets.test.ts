import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LinkHow } from "../../../src/widgets/link/link-how.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import type {} from "../umap-scatter/scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index: number) => opened.page.locator(".layerscope").nth(index);
const action = (index: number, name: string) =>
  widget(index).locator(".ls-status").getByRole("button", { name, exact: true });
const choice = (index: number) => widget(index).getByRole("combobox", { name: "Linked" });
const selectClass = (index: number, place = 0) => widget(index).locator(".ls-legend-row").nth(place).click();

/** How many rows each element gives as its value; null where it is null. */
const values = () =>
  opened.page.evaluate(() =>
    [...document.querySelectorAll("#root > div")].map(
      (element) => (element as never as { value: number[] | null }).value?.length ?? null,
    ),
  );

/** Two maps of the same 60 rows: in three classes by turns, and in two. */
const show = (how?: LinkHow | "none" | undefined) =>
  opened.page.evaluate(async (rule) => {
    const coords = Array.from({ length: 60 }, (_, row) => [row % 10, Math.floor(row / 10)]);
    const shown = [3, 2].map((classes) =>
      globalThis.scatterPage.show({ coords, labels: coords.map((_, row) => `${row % classes} of ${classes}`) }),
    );
    await Promise.all(shown.map(({ ready }) => ready));
    if (rule !== "none") globalThis.scatterPage.link(...shown, { how: rule });
  }, how);

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

describe("two linked maps", () => {
  it("show the rows that both have selected, and say how many were selected in each", async () => {
    await show("intersect");
    await selectClass(0);
    await expectStatus(widget(0), /^20 of 60 selectedInvertClear/);
    await expectStatus(widget(1), /^20 of 60 selected, none hereUndo$/);
    await selectClass(1);
    await expectStatus(widget(0), /^10 of 60 selected, 20 here/);
    await expectStatus(widget(1), /^10 of 60 selected, 30 here/);
    expect(await values()).toEqual([10, 10]);
  });

  it("say that none is left where they have none in common", async () => {
    await show("intersect");
    await selectClass(0, 0);
    await widget(1).locator(".ls-legend-row").nth(0).click();
    await action(0, "Invert").click();
    await action(1, "Invert").click();
    await expectStatus(widget(0), /^20 of 60 selected, 40 here/);
    await opened.page.evaluate(() => {
      const [first, second] = [...document.querySelectorAll("#root > div")] as never as { value: number[] }[];
      if (first) first.value = [1];
      if (second) second.value = [2];
    });
    await expectStatus(widget(0), /^0 of 60 selected, 1 here/);
    expect(await values()).toEqual([0, 0]);
  });

  it("each clear their own selection, by Clear and by Esc, and undo the latest change wherever it was made", async () => {
    await show("union");
    await selectClass(0);
    await selectClass(1);
    await expectStatus(widget(0), /^40 of 60 selected, 20 here/);
    await action(0, "Clear").click();
    await expectStatus(widget(0), /^30 of 60 selected, none here/);
    await widget(0).locator(".ls-body").press("Escape");
    expect(await statusOf(widget(0))).toMatch(/^30 of 60 selected, none here/);
    await widget(1).locator(".ls-body").press("Escape");
    await expectStatus(widget(1), /^Selection cleared\./);
    await action(0, "Undo").click();
    await expectStatus(widget(1), /^30 of 60 selected/);
    await widget(1).locator(".ls-body").press("Control+z");
    await expectStatus(widget(0), /^40 of 60 selected, 20 here/);
  });

  it("add to what was selected in the one that is touched, not to what it shows", async () => {
    await show("exclude");
    await selectClass(0);
    await selectClass(1);
    await expectStatus(widget(0), /^10 of 60 selected, 20 here/);
    await widget(0)
      .locator(".ls-legend-row")
      .nth(1)
      .click({ modifiers: ["Shift"] });
    await expectStatus(widget(0), /^20 of 60 selected, 40 here/);
    await expectStatus(widget(1), /^10 of 60 selected, 30 here/);
  });

  it("let the reader choose how their selections become one, by keys alone, in any of them", async () => {
    await show();
    await selectClass(0);
    await expectStatus(widget(1), /^20 of 60 selectedInvert/);
    expect(await choice(1).inputValue()).toBe("single");
    await choice(1).focus();
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("ArrowDown");
    await expect.poll(() => choice(0).inputValue()).toBe("union");
    await selectClass(1);
    await expectStatus(widget(0), /^40 of 60 selected, 20 here/);
    expect(await values()).toEqual([40, 40]);
    await choice(0).selectOption("not theirs");
    await expectStatus(widget(1), /^20 of 60 selected, 30 here/);
  });

  it("offer that choice while they are linked, and not before or after", async () => {
    await show("none");
    expect(await choice(0).isVisible()).toBe(false);
    await opened.page.evaluate(() =>
      globalThis.scatterPage.link(...([...document.querySelectorAll("#root > div")] as never[])),
    );
    await choice(0).waitFor({ state: "visible" });
    await opened.page.evaluate(() => (document.querySelector("#root > div") as never as { dispose(): void }).dispose());
    await expect.poll(() => choice(0).isVisible()).toBe(false);
  });

  it("say that they do not follow each other where one has come to have other rows, and select each its own", async () => {
    await show("single");
    await opened.page.evaluate(async () => {
      const element = document.querySelectorAll("#root > div")[1] as never as {
        update(changed: object): void;
        readonly ready: Promise<void>;
      };
      const coords = Array.from({ length: 40 }, (_, row) => [row % 10, Math.floor(row / 10)]);
      element.update({ coords, labels: coords.map((_, row) => `${row % 2} of 2`) });
      await element.ready;
    });
    const told = (other: number, own: number) =>
      `A linked widget has ${other} rows, this one ${own}: they can't follow each other. Link widgets over the same rows.`;
    await expect.poll(() => statusOf(widget(0))).toContain(told(40, 60));
    await expect.poll(() => statusOf(widget(1))).toContain(told(60, 40));
    await selectClass(0);
    await expectStatus(widget(0), /20 of 60 selected/);
    expect(await values()).toEqual([20, null]);
    await selectClass(1);
    await expectStatus(widget(1), /20 of 40 selected/);
    expect(await values()).toEqual([null, 20]);
  });

  it("can't be linked by a rule that there is not", async () => {
    await show("none");
    const sentence = await opened.page.evaluate(() => {
      try {
        globalThis.scatterPage.link({ how: "xor" as never });
        return "";
      } catch (thrown) {
        return String(thrown);
      }
    });
    expect(sentence).toContain('unknown how: "xor"');
  });
});
