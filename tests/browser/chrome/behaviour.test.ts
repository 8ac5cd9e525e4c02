import { resolve } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";

const entry = resolve(import.meta.dirname, "sample-page.ts");
let browser: Browser;
let opened: BrowserPage;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(options: BrowserContextOptions & { head?: string } = {}, classes = 10) {
  opened = await openBrowserPage(browser, entry, { viewport: { width: 640, height: 640 }, ...options });
  page = opened.page;
  await page.evaluate((count) => {
    window.sample = window.showSample({ classes: count });
  }, classes);
}
beforeEach(() => open());
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  expect(opened.requests).toEqual([]);
  await opened.close();
});

const log = () => page.evaluate(() => window.log.splice(0));
const focusedName = () =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");
const tool = (name: string) => page.getByRole("button", { name, exact: true });

describe("the toolbar", () => {
  it("has the order of all widgets", async () => {
    const names = await page
      .getByRole("toolbar")
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("title")));
    expect(names).toEqual(["Select", "Pan", "Find", "Settings", "3-D", "Fit", "Full screen", "Save", "Help"]);
  });

  it("is one Tab stop with arrows inside", async () => {
    await page.keyboard.press("Tab");
    expect(await focusedName()).toBe("Select");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await focusedName()).toBe("Find");
    await page.keyboard.press("Enter");
    expect(await log()).toEqual(["find"]);
    await page.keyboard.press("Tab");
    expect(await focusedName()).toMatch(/^UMAP of 1,797 rows/);
    await page.keyboard.press("Shift+Tab");
    expect(await focusedName()).toBe("Find");
    await page.keyboard.press("End");
    expect(await focusedName()).toBe("Help");
    await page.keyboard.press("ArrowRight");
    expect(await focusedName()).toBe("Select");
  });

  it("opens menus that work by keys, and Esc brings the focus back without clearing the selection", async () => {
    await tool("Save").press("Enter");
    expect(await focusedName()).toBe("PNG");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    expect(await focusedName()).toBe("Save");
    expect(await page.getByRole("menu").count()).toBe(0);
    await page.keyboard.press("Enter");
    await page.keyboard.press("c");
    await page.keyboard.press("Enter");
    expect(await log()).toEqual(["save CSV"]);
    expect(await focusedName()).toBe("Save");
  });

  it("ticks the one in force and runs what is chosen", async () => {
    await tool("Select").click();
    expect(await page.getByRole("menuitemradio", { name: "Lasso" }).getAttribute("aria-checked")).toBe("true");
    await page.getByRole("menuitemradio", { name: "Rectangle" }).click();
    expect(await log()).toEqual(["rectangle"]);
    await tool("Select").click();
    await page.mouse.click(300, 300);
    expect(await page.getByRole("menu").count()).toBe(0);
  });

  it("folds all but Select and Save into a menu when narrow, in order", async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    const names = await page
      .getByRole("toolbar")
      .getByRole("button")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("title")));
    expect(names).toEqual(["Select", "Save", "More"]);
    await tool("More").click();
    expect(await page.getByRole("menu").locator("button").allTextContents()).toEqual([
      "Pan",
      "Find",
      "Settings",
      "3-D",
      "Fit",
      "Full screen",
      "Help",
    ]);
    await page.getByRole("menuitem", { name: "Fit" }).click();
    expect(await log()).toEqual(["fit"]);
  });
});

describe("the legend", () => {
  it("previews under the pointer and selects, adds and subtracts by click", async () => {
    const row = page.getByRole("option", { name: "digit 2" });
    await row.click();
    await row.click({ modifiers: ["Shift"] });
    await row.click({ modifiers: ["Alt"] });
    const told = await log();
    expect(told).toContain("preview 2");
    expect(told.filter((line) => line.startsWith("select"))).toEqual([
      "select 2 replace",
      "select 2 add",
      "select 2 subtract",
    ]);
  });

  it("does the same by keys", async () => {
    await page.getByRole("option", { name: "digit 0" }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+Enter");
    expect((await log()).filter((line) => line.startsWith("select"))).toEqual(["select 1 replace", "select 1 add"]);
  });

  it("writes totals beside what is selected", async () => {
    expect(await page.locator(".ls-legend-count").first().textContent()).toBe("0 / 178");
    await page.evaluate(() => window.sample.unselect());
    expect(await page.locator(".ls-legend-count").first().textContent()).toBe("178");
  });

  it("folds the classes beyond nine, and gives a clicked one a colour", async () => {
    await opened.close();
    await open({}, 37);
    await log();
    expect(await page.getByRole("option").count()).toBe(10);
    await page.getByRole("button", { name: "28 more" }).click();
    const row = page.getByRole("option", { name: "digit 36" });
    const color = () => row.locator(".ls-disc").evaluate((disc) => getComputedStyle(disc).backgroundColor);
    expect(await color()).toBe("rgb(113, 113, 145)");
    await row.click();
    expect((await log()).filter((line) => !line.startsWith("preview"))).toEqual(["promote 36", "select 36 replace"]);
    expect(await color()).not.toBe("rgb(113, 113, 145)");
    await page.getByRole("button", { name: "Fewer" }).click();
    expect(await page.getByRole("option", { name: "digit 36" }).isVisible()).toBe(true);
  });

  it("keeps the focus where it is when the selection changes, and lists 300 of a great many classes", async () => {
    await opened.close();
    await open({}, 5000);
    await page.getByRole("option", { name: "digit 4", exact: false }).first().focus();
    await page.evaluate(() => window.sample.unselect());
    expect(await page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("option");
    await page.getByRole("button", { name: "4,991 more" }).click();
    expect(await page.getByRole("option").count()).toBe(310);
    expect(await page.locator(".ls-legend-note").first().textContent()).toBe(
      "4,691 smaller classes are not listed; find them by name.",
    );
  });

  it("shows names as text, never as markup", async () => {
    await page.evaluate(() => window.sample.name(0, '<img src=x onerror="window.log.push(1)">'));
    expect(await page.locator(".ls-legend-name").first().textContent()).toBe(
      '<img src=x onerror="window.log.push(1)">',
    );
    expect(await page.locator(".layerscope img").count()).toBe(0);
  });

  it("of numbers selects a range by drag, and by the ends' arrow keys", async () => {
    await page.evaluate(() => window.sample.showNumbers());
    const box = await page.locator(".ls-color-scale").boundingBox();
    if (!box) throw new Error("no colour bar on the page");
    await page.mouse.move(box.x + 5, box.y + box.height * 0.25);
    await page.mouse.down();
    await page.mouse.move(box.x + 5, box.y + box.height * 0.5, { steps: 4 });
    await page.mouse.up();
    const [range = ""] = (await log()).filter((line) => line.startsWith("range"));
    const [, low, high, mode] = range.split(" ");
    expect(Number(low)).toBeCloseTo(1.375, 1);
    expect(Number(high)).toBeCloseTo(2.31, 1);
    expect(mode).toBe("replace");
    await page.getByRole("slider", { name: "Highest value selected" }).press("ArrowUp");
    const [moved = ""] = await log();
    expect(Number(moved.split(" ")[2]) - Number(high)).toBeCloseTo(3.75 / 50, 1);
  });

  it("of numbers has an open end where rows are clipped to its colour, and a closed one where none are", async () => {
    await page.evaluate(() => window.sample.showNumbers());
    const box = await page.locator(".ls-color-scale").boundingBox();
    if (!box) throw new Error("no colour bar on the page");
    const drag = async (from: number, to: number) => {
      await page.mouse.move(box.x + 5, box.y + box.height * from);
      await page.mouse.down();
      await page.mouse.move(box.x + 5, box.y + box.height * to, { steps: 4 });
      await page.mouse.up();
      const [range = ""] = (await log()).filter((line) => line.startsWith("range"));
      return range.split(" ").slice(1, 3).map(Number);
    };
    const [, above = 0] = await drag(0.5, -0.05);
    expect(above).toBe(Number.MAX_VALUE);
    const [below] = await drag(0.5, 1.05);
    expect(below).toBe(-0.5);
    const highest = page.getByRole("slider", { name: "Highest value selected" });
    expect(await highest.getAttribute("aria-valuenow")).toBe("1.375");
  });

  it("of numbers without a title still says what a drag does", async () => {
    await page.evaluate(() => window.sample.showNumbers(""));
    await page.getByRole("group", { name: "Drag to select a range", exact: true }).waitFor();
    await page.evaluate(() => window.sample.showNumbers("area"));
    await page.getByRole("group", { name: "area: drag to select a range", exact: true }).waitFor();
  });
});

describe("settings", () => {
  const panel = () => page.getByRole("form", { name: "Settings" });

  it("mark what differs from its default, run on Enter and restore", async () => {
    await page.evaluate(() => window.sample.settings());
    expect(await page.locator(".ls-changed").count()).toBe(1);
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
    const field = panel().locator('input[aria-label="min_dist"][type="text"]');
    await field.fill("0.42");
    await field.press("Enter");
    expect(await log()).toEqual([
      "change minDist 0.4",
      'run {"nNeighbors":30,"minDist":0.4,"metric":"euclidean","names":true}',
    ]);
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: "Restore defaults" }).click();
    expect(await log()).toEqual(["change nNeighbors 15", "change minDist 0.1"]);
    expect(await page.locator(".ls-changed").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Run" }).isDisabled()).toBe(false);
  });

  it("put a number that can't be meant back to what it was", async () => {
    await page.evaluate(() => window.sample.settings());
    const field = panel().locator('input[aria-label="n_neighbors"][type="text"]');
    await field.fill("many");
    await field.press("Tab");
    expect(await field.inputValue()).toBe("30");
    await field.fill("100000");
    await field.press("Tab");
    expect(await field.inputValue()).toBe("200");
  });

  it("take the legend's place and give it back", async () => {
    await page.evaluate(() => window.sample.settings());
    expect(await page.getByRole("option").first().isVisible()).toBe(false);
    await page.getByRole("button", { name: "Close settings" }).click();
    expect(await page.getByRole("option").first().isVisible()).toBe(true);
  });
});

describe("the tooltip", () => {
  it("leaves its mark free in every corner of the body", async () => {
    for (const [x, y] of [
      [20, 20],
      [420, 20],
      [20, 420],
      [420, 420],
      [220, 220],
    ] as const) {
      await page.evaluate(([left, top]) => window.sample.hover(left, top), [x, y] as const);
      const tip = page.locator(".ls-tooltip");
      await tip.waitFor();
      const [card, body] = await Promise.all([tip.boundingBox(), page.locator(".ls-body").boundingBox()]);
      if (!card || !body) throw new Error("no tooltip on the page");
      const left = card.x - body.x;
      const top = card.y - body.y;
      const covers = x > left - 4 && x < left + card.width + 4 && y > top - 4 && y < top + card.height + 4;
      expect(covers, `mark at ${x}, ${y}`).toBe(false);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + card.width).toBeLessThanOrEqual(440);
      await page.evaluate(() => window.sample.leave());
    }
  });

  it("shows at most four values, and is a strip at the bottom when narrow", async () => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.evaluate(() => window.sample.hover(40, 40));
    const tip = page.locator(".ls-tooltip");
    await tip.waitFor();
    expect(await tip.locator(".ls-value").count()).toBe(4);
    const [card, body] = await Promise.all([tip.boundingBox(), page.locator(".ls-body").boundingBox()]);
    expect(card?.width).toBe(320);
    expect((card?.y ?? 0) + (card?.height ?? 0)).toBeCloseTo((body?.y ?? 0) + (body?.height ?? 0), 0);
  });
});

describe("the status line", () => {
  it("says the selection first and keeps Cancel within reach", async () => {
    await page.evaluate(() => {
      window.sample.status.say("notice", { text: "PCA preview; the map follows." });
      window.sample.status.say("progress", {
        text: "Finding neighbours",
        actions: [{ name: "Cancel", run: () => window.log.push("cancelled") }],
      });
    });
    expect(await page.locator(".ls-words").allTextContents()).toEqual(["214 of 1,797 selected", "Finding neighbours"]);
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(await log()).toEqual(["cancelled"]);
    await page.evaluate(() => window.sample.status.say("selection", null));
    await page.evaluate(() => window.sample.status.say("progress", null));
    expect(await page.locator(".ls-words").allTextContents()).toEqual(["PCA preview; the map follows."]);
  });

  it("keeps the focus on Cancel while the progress ticks", async () => {
    const tick = (done: number) =>
      page.evaluate(
        (rows) =>
          window.sample.status.say("progress", {
            text: `${rows} of 20,000 rows`,
            actions: [{ name: "Cancel", run: () => window.log.push(`at ${rows}`) }],
          }),
        done,
      );
    await tick(1);
    await page.getByRole("button", { name: "Cancel" }).focus();
    await tick(2);
    await page.keyboard.press("Enter");
    expect(await log()).toEqual(["at 2"]);
  });

  it("says why it computes where it does, on hover and focus", async () => {
    const reason = page.locator(".ls-hint");
    expect(await reason.isVisible()).toBe(false);
    await page.locator(".ls-backend").focus();
    expect(await reason.isVisible()).toBe(true);
  });

  it("says an error in one line while the picture stays", async () => {
    await page.evaluate(() => window.sample.failInLine());
    expect(await page.locator(".ls-words").first().textContent()).toBe(
      "Row 512, column 7 is NaN (3 rows in all). Remove or fill them.",
    );
    expect(await page.locator(".ls-body canvas").count()).toBe(1);
  });
});

describe("progress", () => {
  it("is shown after a while only, with its share and words", async () => {
    const hiddenAtFirst = await page.evaluate(() => {
      window.sample.progress.show(0.4, "Finding neighbours, 8,000 of 20,000 rows");
      return window.sample.progress.element.hidden;
    });
    expect(hiddenAtFirst).toBe(true);
    const bar = page.getByRole("progressbar");
    await bar.waitFor();
    expect(await bar.getAttribute("aria-valuenow")).toBe("40");
    expect(await bar.evaluate((element) => element.getBoundingClientRect().height)).toBe(2);
    await page.evaluate(() => window.sample.progress.hide());
    expect(await bar.isVisible()).toBe(false);
  });
});

describe("an error without a picture", () => {
  it("says cause and remedy, with the details folded", async () => {
    await page.evaluate(() => window.sample.fail());
    const card = page.getByRole("alert");
    expect(await card.locator("p").first().textContent()).toBe("Row 512, column 7 is NaN (3 rows in all).");
    expect(await card.locator("pre").isVisible()).toBe(false);
    await card.locator("summary").click();
    expect(await card.locator("pre").isVisible()).toBe(true);
    await card.getByRole("button", { name: "Run again" }).click();
    expect(await log()).toEqual(["again"]);
  });
});

describe("copying the details of an error", () => {
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  const copy = async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate(() => window.sample.fail());
    await page.locator("summary").click();
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
  };

  it("puts sentence and details on the clipboard", async () => {
    await copy();
    expect(await copied()).toMatch(/^Row 512, column 7 is NaN .* Remove or fill them\.\nComputeError/);
  });

  it("does so where the Clipboard API is refused", async () => {
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
    });
    await copy();
    expect(await copied()).toMatch(/^Row 512, column 7 is NaN/);
  });
});

describe("finding", () => {
  it("previews by arrows, chooses by Enter, selects all and says when there is nothing", async () => {
    await page.evaluate(() => window.sample.find());
    await page.keyboard.type("179");
    expect(await page.locator(".ls-search-foot span").textContent()).toBe("9 rows");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect((await log()).filter((line) => line !== "preview ")).toEqual(["preview 179", "preview 1179", "choose 1179"]);
    await page.getByRole("button", { name: "Select all" }).click();
    expect((await log()).at(-1)).toBe("all 179");
    await page.locator(".ls-search-field").fill("nobody");
    expect(await page.locator(".ls-search-foot span").textContent()).toBe("Nothing found.");
    await page.locator(".ls-search-field").press("Escape");
    expect(await page.locator(".ls-search").count()).toBe(0);
  });
});

describe("the table", () => {
  it("of a million rows builds only those in view, the last one included", async () => {
    await page.evaluate(() => window.sample.table(1_000_000));
    expect(await page.getByRole("table").getAttribute("aria-rowcount")).toBe("1000001");
    const rows = page.locator(".ls-table-window .ls-table-row");
    await rows.first().waitFor();
    expect(await rows.count()).toBeLessThan(60);
    await page.locator(".ls-table-scroller").evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    const last = page.locator('[data-ls-row="999999"]');
    await last.waitFor();
    const [row, scroller] = await Promise.all([last.boundingBox(), page.locator(".ls-table-scroller").boundingBox()]);
    expect((row?.y ?? 0) + 24).toBeLessThanOrEqual((scroller?.y ?? 0) + (scroller?.height ?? 0) + 1);
    await last.click();
    expect(await log()).toEqual(["row 999999"]);
  });

  it("is let go of when it is closed, whichever way, but not when the widget is put elsewhere", async () => {
    await page.evaluate(() => {
      const counted = window as unknown as { watched: number };
      counted.watched = 0;
      window.ResizeObserver = class extends ResizeObserver {
        override observe(target: Element): void {
          counted.watched++;
          super.observe(target);
        }
        override disconnect(): void {
          counted.watched--;
          super.disconnect();
        }
      };
    });
    const watched = () => page.evaluate(() => (window as unknown as { watched: number }).watched);
    const rows = page.locator(".ls-table-window .ls-table-row");
    const closing = [
      () => page.keyboard.press("Escape"),
      () => tool("Close").click(),
      () => page.evaluate(() => window.sample.help()),
      () => page.evaluate(() => window.sample.stop()),
    ];
    for (const close of closing) {
      await page.evaluate(() => window.sample.table(1000));
      await rows.first().waitFor();
      expect(await watched()).toBe(1);
      await close();
      await expect.poll(watched).toBe(0);
    }
    await page.evaluate(() => {
      window.sample = window.showSample();
      (window as unknown as { watched: number }).watched = 0;
      window.sample.table(1000);
    });
    await rows.first().waitFor();
    await page.evaluate(async () => {
      const root = document.getElementById("root");
      root?.remove();
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      if (root) document.body.append(root);
    });
    await page.locator(".ls-table-scroller").evaluate((scroller) => {
      scroller.scrollTop = scroller.scrollHeight;
    });
    await page.locator('[data-ls-row="999"]').waitFor();
  });
});

describe("the frame", () => {
  it("closes a panel at the first Esc, clears at the second, and keeps both from the notebook", async () => {
    await page.evaluate(() => {
      document.addEventListener("keydown", (event) => window.log.push(`notebook ${event.key}`));
      document.querySelector<HTMLElement>(".ls-body")?.focus();
      window.sample.help();
    });
    await page.keyboard.press("Escape");
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await log()).toEqual([]);
    expect(await focusedName()).toMatch(/^UMAP of/);
    await page.keyboard.press("Escape");
    expect(await log()).toEqual(["clear"]);
    await page.keyboard.press("b");
    await page.evaluate(() => window.sample.unselect());
    await page.keyboard.press("Escape");
    expect(await log()).toEqual(["notebook b", "notebook Escape"]);
  });

  it("is resized by its handle and by keys, and gives the height back on double click", async () => {
    const height = () => page.locator(".ls-body").evaluate((body) => body.clientHeight);
    const handle = page.getByRole("separator", { name: "Height" });
    const box = await handle.boundingBox();
    if (!box) throw new Error("no handle on the page");
    await page.mouse.move(box.x + 100, box.y + 3);
    await page.mouse.down();
    await page.mouse.move(box.x + 100, box.y + 63, { steps: 3 });
    await page.mouse.up();
    expect(await height()).toBe(500);
    await handle.press("ArrowUp");
    expect(await height()).toBe(484);
    expect(await handle.getAttribute("aria-valuenow")).toBe("484");
    await handle.dblclick();
    expect(await height()).toBe(440);
  });

  it("fills the screen and leaves it, told either way", async () => {
    await tool("Full screen").click();
    await tool("Leave full screen").waitFor();
    expect(await page.locator(".layerscope.ls-full").count()).toBe(1);
    const body = await page.locator(".ls-body").boundingBox();
    expect(body?.height).toBeGreaterThan(500);
    await tool("Leave full screen").click();
    await tool("Full screen").waitFor();
    expect((await log()).filter((line) => line.startsWith("full"))).toEqual(["full true", "full false"]);
  });

  it("covers the page where full screen is refused", async () => {
    await page.evaluate(() => {
      Element.prototype.requestFullscreen = () => Promise.reject(new TypeError("refused"));
    });
    await tool("Full screen").click();
    await page.locator(".layerscope.ls-covering").waitFor();
    expect((await page.locator(".layerscope").boundingBox())?.width).toBe(640);
    await page.locator(".ls-body").focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await log()).toContain("clear");
    await page.evaluate(() => {
      window.sample.unselect();
      (document.activeElement as HTMLElement | null)?.blur();
    });
    await page.keyboard.press("Escape");
    expect(await page.locator(".ls-covering").count()).toBe(0);
  });

  it("hides its tools in print", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("toolbar").isVisible()).toBe(false);
    expect(await page.locator(".ls-status").isVisible()).toBe(false);
    expect(await page.locator(".ls-legend").isVisible()).toBe(true);
  });

  it("leaves nothing behind when it ends, and shares its styles", async () => {
    const count = await page.evaluate(() => {
      window.showSample();
      return document.querySelectorAll("style[data-layerscope-styles]").length;
    });
    expect(count).toBe(1);
    await page.evaluate(() => window.sample.stop());
    expect(await page.locator(".layerscope").count()).toBe(1);
  });

  it("works inside a shadow root, with styles of its own", async () => {
    await page.evaluate(() => {
      window.sample.stop();
      const outer = document.createElement("div");
      outer.attachShadow({ mode: "open" }).append(document.createElement("div"));
      document.body.append(outer);
      const host = outer.shadowRoot?.querySelector("div");
      if (host) window.sample = window.showSample({ host });
    });
    const body = page.locator(".ls-body");
    expect((await body.boundingBox())?.width).toBe(440);
    await tool("Save").click();
    await page.getByRole("menuitem", { name: "PDF" }).click();
    expect(await log()).toContain("save PDF");
    await body.focus();
    await page.evaluate(() => window.sample.help());
    await page.keyboard.press("Escape");
    expect(await body.evaluate((element) => element.matches(":focus"))).toBe(true);
  });

  it("built before its place in the page has its styles in a shadow root too", async () => {
    const sheets = await page.evaluate(async () => {
      window.sample.stop();
      document.head.querySelector("style[data-layerscope-styles]")?.remove();
      const host = document.createElement("div");
      window.sample = window.showSample({ host });
      const outer = document.createElement("div");
      outer.attachShadow({ mode: "open" }).append(host);
      document.body.append(outer);
      await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return outer.shadowRoot?.querySelectorAll("style[data-layerscope-styles]").length;
    });
    expect(sheets).toBe(1);
    expect((await page.locator(".ls-body").boundingBox())?.width).toBe(440);
  });

  it("shows a focus ring on every stop", async () => {
    const stops: string[] = [];
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press("Tab");
      const ring = await page.evaluate(() => {
        const { activeElement } = document;
        if (!activeElement?.closest(".layerscope")) return null;
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
        return `${outlineWidth} ${outlineStyle}`;
      });
      if (ring === null) break;
      stops.push(ring);
    }
    expect(stops.length).toBeGreaterThanOrEqual(8);
    expect(new Set(stops)).toEqual(new Set(["2px solid"]));
  });
});

describe("the colour scheme", () => {
  const scheme = () => page.evaluate(() => window.sample.scheme());
  const color = (name: "text" | "page") => page.evaluate((token) => window.sample.tokens()[token], name);

  it("follows JupyterLab's theme, whatever the system prefers, and takes its colours", async () => {
    await opened.close();
    await open({ colorScheme: "dark", head: "<style>body{--jp-layout-color0:#fefefe}</style>" });
    await page.evaluate(() => {
      document.body.dataset.jpThemeLight = "true";
    });
    await expect.poll(scheme).toBe("light");
    expect(await color("page")).toBe("rgb(254, 254, 254)");
    await page.evaluate(() => {
      document.body.dataset.jpThemeLight = "false";
    });
    await expect.poll(scheme).toBe("dark");
    expect((await log()).at(-1)).toBe("scheme dark");
    expect(await color("text")).toBe("rgb(236, 236, 236)");
  });

  it("follows the background that the page painted, where nobody says", async () => {
    expect(await scheme()).toBe("light");
    await page.evaluate(() => {
      document.body.style.background = "#111";
    });
    await expect.poll(scheme).toBe("dark");
  });

  it("is white on a page that never heard of dark, and follows the system on one that did", async () => {
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await scheme()).toBe("light");
    await page.evaluate(() => {
      document.documentElement.style.colorScheme = "light dark";
    });
    await expect.poll(scheme).toBe("dark");
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(scheme).toBe("light");
  });

  it("follows the system on a page that allows both in its head, as the pages that we write", async () => {
    await opened.close();
    await open({ colorScheme: "dark", head: '<meta name="color-scheme" content="light dark">' });
    expect(await scheme()).toBe("dark");
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(scheme).toBe("light");
  });

  it("follows the page that the widget is put into after it was built", async () => {
    await page.evaluate(() => {
      window.sample.stop();
      document.body.style.background = "#111";
      const host = document.createElement("div");
      window.sample = window.showSample({ host });
      document.body.append(host);
    });
    await expect.poll(scheme).toBe("dark");
    expect((await log()).at(-1)).toBe("scheme dark");
  });

  it("takes a theme by name before the host's colours, and lets go of it", async () => {
    await page.evaluate(() => {
      document.body.style.setProperty("--jp-layout-color0", "#fefefe");
      window.sample.setTheme("dark");
    });
    expect(await color("page")).toBe("rgb(33, 33, 33)");
    await page.evaluate(() => window.sample.setTheme("auto"));
    expect(await color("page")).toBe("rgb(254, 254, 254)");
  });

  it("uses the system's colours where the reader forces them", async () => {
    await page.emulateMedia({ forcedColors: "active" });
    const used = await page.evaluate(() =>
      getComputedStyle(document.querySelector(".layerscope") ?? document.body).getPropertyValue("--ls-accent"),
    );
    expect(used.trim()).toBe("Highlight");
  });
});
