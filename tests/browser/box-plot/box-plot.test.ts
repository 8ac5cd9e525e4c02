import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { PlantedOptions } from "../../support/planted-units.ts";
import { drawLasso, expectStatus, LEFT_HALF, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./box-plot-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);
const lines = () => widget().locator(".ls-unit-line");
const line = (unit: number) => widget().locator(`.ls-unit-line[data-ls-unit="${unit}"]`);
/** Units on show, as they are read: from the left, line by line. */
const panels = () =>
  widget()
    .locator(".ls-box-panel")
    .evaluateAll((all) =>
      all
        .map((panel) => ({ unit: Number(panel.getAttribute("data-ls-unit")), at: panel.getBoundingClientRect() }))
        .sort((a, b) => a.at.top - b.at.top || a.at.left - b.at.left)
        .map(({ unit }) => unit),
    );
/** The median's line lies on the box: a click on it is one on the box, and forced. */
const box = (unit: number, group: number) =>
  widget().locator(`.ls-box-panel[data-ls-unit="${unit}"] [data-ls-group="${group}"] .ls-box-body`);
const sentence = () => widget().locator(".ls-box-sentence-text");
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const listed = () => lines().evaluateAll((all) => all.map((each) => Number(each.getAttribute("data-ls-unit"))));
const texts = async (unit: number) => await line(unit).locator("span").allTextContents();

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/box-plot/box-plot-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** Box plots of planted units: 3 differs between three classes, 5 between even and odd rows. */
const boxPlot = (more: Readonly<Record<string, unknown>> = {}, planted: PlantedOptions = {}) =>
  opened.page.evaluate(
    async ([given, options]) => {
      const { boxPlot: make, plantedUnits, shown } = globalThis.boxPlotPage;
      shown.push(make({ ...plantedUnits(options), ...given }));
      await shown.at(-1)?.ready;
    },
    [more, planted] as const,
  );

const chosenRows = (index = 0) =>
  opened.page.evaluate((at) => {
    const value = globalThis.boxPlotPage.shown[at]?.value;
    return value ? [...value] : null;
  }, index);
const select = (rows: readonly number[] | null) =>
  opened.page.evaluate((chosen) => {
    const [element] = globalThis.boxPlotPage.shown;
    if (element) element.value = chosen;
  }, rows);
const even = (rows: number) => Array.from({ length: rows / 2 }, (_, row) => 2 * row);

describe("box plots of units", () => {
  it("have the planted unit first, in the table and on show, and say what they are of", async () => {
    await boxPlot();
    expect((await listed())[0]).toBe(3);
    expect((await panels())[0]).toBe(3);
    expect(await panels()).toHaveLength(6);
    expect(await widget().locator(".ls-subtitle").textContent()).toBe("12 units, 3 classes, 12 slides");
    expect(await widget().locator(".ls-body").getAttribute("aria-label")).toBe(
      "Box plots of 6 of 12 units in 3 classes",
    );
    const [name, effect, q] = await texts(3);
    expect(name).toBe("3");
    expect(Number(effect)).toBeGreaterThan(0.9);
    expect(q).toMatch(/× 10⁻/);
  });

  it("say of the best unit what a paper would, which can be copied, and the p of tiles beside it", async () => {
    await opened.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await boxPlot();
    const said = /^Unit 3 differs between 3 classes \(slide level, F\(2, 9\) = [\d.]+, p = .+, q = .+, η² 0\.9\d\)\.$/;
    expect(await sentence().textContent()).toMatch(said);
    const aside = widget().locator(".ls-box-aside");
    expect(await aside.textContent()).toMatch(/^Tile level: p = \d × 10⁻/);
    expect(await aside.getAttribute("title")).toBe("Tiles of one slide are not independent: this p is too small.");
    await widget().getByRole("button", { name: "Copy the sentence" }).click();
    await expectStatus(widget(), /Sentence copied/);
    expect(await opened.page.evaluate(() => navigator.clipboard.readText())).toMatch(said);
  });

  it("warn of the p of tiles where slides are unknown", async () => {
    await boxPlot({ slides: undefined });
    expect(await sentence().textContent()).toContain("(tile level, F(2, 357) = ");
    expect(await widget().locator(".ls-box-aside").textContent()).toBe(
      "If rows share slides or patients, this p is too small: pass slides.",
    );
  });

  it("select the rows of a clicked box, and add those of another with Shift: no panel moves meanwhile", async () => {
    await boxPlot();
    await expect.poll(panels).toHaveLength(6);
    const before = await panels();
    await box(3, 1).click({ force: true });
    await expectStatus(widget(), /^120 of 360 selected/);
    expect((await chosenRows())?.slice(0, 2)).toEqual([30, 31]);
    await box(3, 0).click({ modifiers: ["Shift"], force: true });
    await expectStatus(widget(), /^240 of 360 selected/);
    await expect.poll(() => button("classes").count()).toBe(1);
    expect(await panels()).toEqual(before);
    await opened.page.keyboard.press("Escape");
    await expect.poll(chosenRows).toBeNull();
  });

  it("tell of a hovered box its quartiles and how many values it is made of", async () => {
    await boxPlot();
    await box(3, 1).hover({ force: true });
    const tip = widget().locator(".ls-tooltip");
    await tip.waitFor();
    const told = await tip.textContent();
    expect(told).toContain("benign");
    expect(told).toContain("120 rows");
    expect(told).toMatch(/quartiles\s*[\d.]+ to [\d.]+/);
  });
});

describe("a permutation test that takes long", () => {
  it("has the table, the panels and Cancel in sight meanwhile, which stays when it is stopped", async () => {
    await opened.page.setViewportSize({ width: 1040, height: 760 });
    await opened.page.evaluate(() => {
      const { boxPlot: make, plantedUnits } = globalThis.boxPlotPage;
      make({ ...plantedUnits({ units: 512, slidesPerClass: 20, tiles: 2 }), permutations: 1_000_000 });
    });
    await expectStatus(widget(), /^Rearranging slides, [\d,]+ of 1,000,000 permutations/);
    await expect.poll(panels).toHaveLength(6);
    expect((await listed())[0]).toBe(3);
    const permuted = () => widget().locator(".ls-unit-facts tr", { hasText: "permutation p" }).locator("td").first();
    expect(await permuted().textContent()).toBe("running");
    await button("Cancel").click();
    await expectStatus(widget(), /^Permutations stopped at [\d,]+ of 1,000,000; all else is there\./);
    expect(await permuted().textContent()).toBe("stopped");
    expect(await panels()).toHaveLength(6);
    expect(await button("Run").isVisible()).toBe(true);
  });
});

describe("a selection in box plots", () => {
  it("has a box of its own in each panel, and ranks the units for it", async () => {
    await boxPlot();
    await select(even(360));
    await expect.poll(async () => (await listed())[0]).toBe(5);
    await expect.poll(async () => (await panels())[0]).toBe(5);
    expect(await box(5, -1).count()).toBe(1);
    expect(await sentence().textContent()).toMatch(
      /^Unit 5 is 1\.\d × higher in the selection than in the rest \(slide level, F\(1, 22\) = /,
    );
    await button("classes").click();
    expect((await listed())[0]).toBe(3);
    expect(await sentence().textContent()).toContain("Unit 3 differs between 3 classes");
    await select(null);
    await expect.poll(() => button("classes").count()).toBe(0);
    await expect.poll(() => box(3, -1).count()).toBe(0);
  });

  it("comes from a lasso in a linked map, and goes there from a clicked box", async () => {
    await boxPlot();
    await opened.page.evaluate(async () => {
      const { map, link, shown } = globalThis.boxPlotPage;
      const coords = Array.from({ length: 360 }, (_, row) => [row % 2 === 0 ? 0 : 1, row]);
      const scatter = map({ coords });
      await scatter.ready;
      const [first] = shown;
      if (first) link(scatter, first);
    });
    await drawLasso(widget(1), LEFT_HALF);
    await expect.poll(async () => (await listed())[0], { timeout: 10_000 }).toBe(5);
    expect(await statusOf(widget())).toMatch(/^1\d\d of 360 selected/);
    await box(5, 2).click({ force: true });
    await expectStatus(widget(1), /^120 of 360 selected/);
  });
});

describe("the table of units", () => {
  it("makes a clicked unit the current one: on show, and what a linked map is coloured by", async () => {
    await boxPlot();
    await opened.page.evaluate(async () => {
      const { map, link, shown } = globalThis.boxPlotPage;
      const scatter = map({ coords: Array.from({ length: 360 }, (_, row) => [row % 19, row]) });
      await scatter.ready;
      const [first] = shown;
      if (first) link(scatter, first);
    });
    const wanted = (await listed()).at(-1) ?? -1;
    expect(await panels()).not.toContain(wanted);
    await line(wanted).click();
    await expect.poll(panels).toContain(wanted);
    expect(await line(wanted).getAttribute("aria-selected")).toBe("true");
    expect(await sentence().textContent()).toContain(`Unit ${wanted} `);
    await expect.poll(() => widget(1).textContent()).toContain(`unit ${wanted}`);
    await line(wanted).click();
    await expect.poll(() => widget(1).textContent()).not.toContain(`unit ${wanted}`);
  });

  it("sorts by a clicked column, and the other way at the second click", async () => {
    await boxPlot();
    await button("unit").click();
    expect(await listed()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await widget().locator('[role="columnheader"]').first().getAttribute("aria-sort")).toBe("ascending");
    await button("unit").click();
    expect((await listed())[0]).toBe(11);
  });

  it("sorts by keys as well", async () => {
    await boxPlot();
    await button("unit").focus();
    await opened.page.keyboard.press("Enter");
    expect((await listed())[0]).toBe(0);
  });

  it("finds a unit by number and takes it with Enter, all by keys", async () => {
    await boxPlot({}, { units: 40 });
    await widget().locator(".ls-body").focus();
    await opened.page.keyboard.press("/");
    await opened.page.keyboard.type("17");
    expect(await listed()).toEqual([17]);
    await opened.page.keyboard.press("Enter");
    await expect.poll(panels).toContain(17);
    await opened.page.keyboard.press("/");
    await opened.page.keyboard.press("Escape");
    expect((await listed()).length).toBeGreaterThan(10);
  });

  it("is walked by arrows, and keeps the panel of a unit that is pinned", async () => {
    await boxPlot({ panels: 2 });
    const [, second = -1, third = -1] = await listed();
    await widget().locator(".ls-unit-scroller").focus();
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("Space");
    await expect.poll(panels).toContain(third);
    expect(await panels()).not.toContain(second);
    await select(even(360));
    await expect.poll(panels).toEqual([third, 5]);
  });

  it("goes into a page with its pins, the unit that was chosen and the settings", async () => {
    await boxPlot({ panels: 2 });
    await line(7).locator(".ls-unit-pin").click();
    await line(2).click();
    await expect.poll(panels).toEqual([7, 2]);
    await button("Violins").click();
    await widget().locator(".ls-box-density").first().waitFor();
    const chosen = await opened.page.evaluate(async () => {
      const { shown, chosenIn } = globalThis.boxPlotPage;
      return chosenIn((await (await shown[0]?.toHtml())?.text()) ?? "");
    });
    const settings = { shape: { chosen: "violin", asked: "box" } };
    expect(chosen).toEqual({ pinned: [7], unit: 2, asked: null, settings });
  });

  it("builds only the lines in view of 2,048 units, to the last of them", async () => {
    await boxPlot({}, { units: 2048, tiles: 4 });
    expect(await lines().count()).toBeLessThan(40);
    const scroller = widget().locator(".ls-unit-scroller");
    await scroller.focus();
    await opened.page.keyboard.press("End");
    expect(await scroller.getAttribute("aria-rowcount")).toBe("2049");
    expect(await widget().locator('[aria-rowindex="2049"]').count()).toBe(1);
    expect(await lines().count()).toBeLessThan(40);
  });

  it("keeps its lines where the page hides it for a moment, as a notebook does that changes its theme", async () => {
    await boxPlot();
    await expect.poll(() => lines().count()).toBeGreaterThan(5);
    const before = await lines().count();
    await widget().evaluate((root: HTMLElement) => {
      root.style.display = "none";
      root.querySelector<HTMLElement>(".ls-unit-q .ls-unit-sort")?.click();
      root.style.display = "";
    });
    expect(await lines().count()).toBe(before);
  });
});

describe("settings of box plots", () => {
  it("take a number at Enter, on pages too that keep this key for themselves", async () => {
    await boxPlot({ panels: 3 });
    await opened.page.evaluate(() => document.addEventListener("keydown", (event) => event.preventDefault()));
    await button("Settings").click();
    const field = widget().locator('input[aria-label="panels"][type="text"]');
    await field.fill("1");
    await field.press("Enter");
    await expect.poll(() => panels().then((shown) => shown.length)).toBe(1);
  });

  it("take effect at once: another test, another level, another shape", async () => {
    await boxPlot();
    await button("Settings").click();
    await widget().getByLabel("test").selectOption("kruskal");
    await expect.poll(() => sentence().textContent()).toContain("(slide level, H(2) = ");
    await widget().getByLabel("level").selectOption("tile");
    await expect.poll(() => sentence().textContent()).toContain("(tile level, H(2) = ");
    expect(await widget().locator(".ls-box-aside").textContent()).toContain("Tiles of one slide are not independent");
    await button("Violins").click();
    await widget().locator(".ls-box-density").first().waitFor();
    await button("Points").click();
    await expect.poll(() => widget().locator(".ls-box-density").count()).toBe(0);
  });

  it("show as many panels as are asked for", async () => {
    await boxPlot({ panels: 2 });
    await expect.poll(panels).toHaveLength(2);
  });
});

describe("the card of the current unit", () => {
  it("shows its numbers whole beside the names of classes, however long these are", async () => {
    await opened.page.setViewportSize({ width: 1040, height: 900 });
    const names = ["adenocarcinoma in situ", "normal", "squamous cell carcinoma"];
    await boxPlot({ labels: Array.from({ length: 360 }, (_, row) => names[Math.floor(row / 120)]) }, { scale: 0.01 });
    await line(5).click();
    const card = widget().locator(".ls-unit-card");
    await expect.poll(() => card.locator("table").count()).toBe(2);
    const cut = await card.evaluate((element) => {
      const { right } = element.getBoundingClientRect();
      const cells = [...element.querySelectorAll("td, thead th")];
      return cells.filter((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        return range.getBoundingClientRect().right > right + 0.5 || cell.scrollWidth > cell.clientWidth;
      }).length;
    });
    expect(cut).toBe(0);
    expect(
      await card
        .locator("tbody th")
        .first()
        .evaluate((name) => name.clientWidth),
    ).toBeGreaterThan(24);
  });
});

describe("what stands beside the panels", () => {
  it("says of a unit without a statistic why it has none, in place of empty numbers", async () => {
    const labels = Array.from({ length: 12 }, (_, row) => `class ${row % 2}`);
    const values = labels.map((_, row) => [Math.sin(row), 1, Math.cos(row)]);
    await boxPlot({ labels, values, slides: null });
    await line(1).click();
    const card = widget().locator(".ls-unit-card");
    await expect.poll(() => card.locator("p").textContent()).toBe("No statistic: its values are constant.");
    expect(await card.getByText("Bonferroni").count()).toBe(0);
  });

  it("is 0 in all lines of the card where p is 0", async () => {
    await opened.page.setViewportSize({ width: 1040, height: 900 });
    const labels = Array.from({ length: 360 }, (_, row) => `class ${row % 2}`);
    await boxPlot({ labels, values: labels.map((name, row) => [Number(name.endsWith("1")), row]), slides: null });
    const card = widget().locator(".ls-unit-card");
    const fact = (name: string) =>
      card
        .getByRole("row")
        .filter({ hasText: new RegExp(`^${name}`) })
        .locator("td");
    for (const name of ["p", "q", "Bonferroni"]) await expect.poll(() => fact(name).textContent()).toBe("0");
  });

  it("has room for units of four digits on a notebook's usual width", async () => {
    await opened.page.setViewportSize({ width: 616, height: 900 });
    // Room for a scroll bar, which a browser without a screen hides.
    await opened.page.addStyleTag({ content: ".layerscope .ls-unit-scroller { padding-right: 10px }" });
    const labels = Array.from({ length: 12 }, (_, row) => `class ${row % 2}`);
    const values = labels.map((_, row) => Array.from({ length: 1300 }, (_, unit) => Math.sin(row * (1300 - unit))));
    await boxPlot({ labels, values, slides: null });
    await widget().getByPlaceholder("Find a unit").fill("1223");
    await expect.poll(() => lines().count()).toBe(1);
    await line(1223).click();
    const cut = await widget()
      .locator(".ls-unit-line > span")
      .evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth).map((each) => each.textContent));
    expect(cut).toEqual([]);
    expect(await line(1223).getAttribute("aria-selected")).toBe("true");
  });

  it("sorts wherever in a column's head it is clicked", async () => {
    await boxPlot();
    const head = widget().locator('[role="columnheader"]').first();
    const width = (await head.boundingBox())?.width ?? 0;
    await head.click({ position: { x: width - 3, y: 12 } });
    expect(await head.getAttribute("aria-sort")).toBe("ascending");
    expect(await listed()).toEqual(Array.from({ length: 12 }, (_, unit) => unit));
  });
});

describe("what a page asks of units", () => {
  it("is answered in numbers: the ranking, and Slideflow's calls", async () => {
    await boxPlot();
    const told = await opened.page.evaluate(async () => {
      const [element] = globalThis.boxPlotPage.shown;
      if (!element) throw new Error("There are no box plots.");
      const ranking = await element.ranking();
      const { tile, slide, categories } = await element.stats();
      return {
        first: ranking[0],
        count: ranking.length,
        f: [tile.f[3], slide.f[3]],
        categories: Object.entries(categories).map(([name, slides]) => [name, slides.length, slides[0]?.length]),
        tops: [(await element.topNodesBySlide())[0], (await element.topNodesByTile())[0]],
      };
    });
    expect(told.first?.unit).toBe(3);
    expect(told.count).toBe(12);
    expect(told.first?.statistic).toBe(told.f[1]);
    expect(told.first?.tile.statistic).toBe(told.f[0]);
    expect(told.first?.permutationP).toBeLessThan(0.05);
    expect(told.categories).toEqual([
      ["adeno", 4, 12],
      ["benign", 4, 12],
      ["squamous", 4, 12],
    ]);
    expect(told.tops).toEqual([3, 3]);
  });

  it("is answered without a picture too, and by the same numbers", async () => {
    const told = await opened.page.evaluate(async () => {
      const { UnitStatistics, plantedUnits } = globalThis.boxPlotPage;
      const statistics = new UnitStatistics(plantedUnits());
      const ranking = await statistics.ranking();
      const tops = [(await statistics.topNodesBySlide())[0], (await statistics.topNodesByTile())[0]];
      statistics.dispose();
      return { unit: ranking[0]?.unit, tops, shown: document.querySelectorAll(".layerscope").length };
    });
    expect(told).toEqual({ unit: 3, tops: [3, 3], shown: 0 });
  });

  it("is ordered over tiles where slides are unknown, and refused over slides", async () => {
    const told = await opened.page.evaluate(async () => {
      const { UnitStatistics, plantedUnits } = globalThis.boxPlotPage;
      const { slides: _, ...unknown } = plantedUnits();
      const statistics = new UnitStatistics(unknown);
      const [top] = await statistics.topNodesByTile();
      const refused = await statistics.topNodesBySlide().catch((error: Error) => error.message);
      statistics.dispose();
      return { top, refused };
    });
    expect(told).toEqual({ top: 3, refused: "The slides are not known. Pass slides, one a row." });
  });
});

describe("box plots in a reopened notebook", () => {
  it("show the saved table, boxes and sentence, and how they are computed again", async () => {
    await opened.page.evaluate(() => globalThis.boxPlotPage.reopen());
    await expectStatus(widget(), /Saved picture\. Run the cell to compute again\./);
    expect((await listed())[0]).toBe(3);
    expect(await panels()).toHaveLength(6);
    expect(await box(3, 2).count()).toBe(1);
    expect(await sentence().textContent()).toMatch(/^Unit 3 differs between 3 classes \(slide level, F\(2, 9\) = /);
    expect(await widget().locator(".ls-card").count()).toBe(0);
    expect(await widget().locator(".ls-subtitle").textContent()).toBe("12 units, 3 classes, 12 slides");
  });
});

describe("box plots that can't be drawn", () => {
  it("say what is wrong with labels and what to do", async () => {
    await opened.page.evaluate(() => {
      const { boxPlot: make, plantedUnits } = globalThis.boxPlotPage;
      make({ ...plantedUnits(), labels: Array.from({ length: 360 }, (_, row) => row + 0.5) }).ready.catch(
        () => undefined,
      );
    });
    const card = widget().locator(".ls-card");
    await card.waitFor();
    expect(await card.textContent()).toContain("labels are numbers, not classes.");
    expect(await card.textContent()).toContain("Pass strings, or whole numbers of at most 50 kinds.");
  });

  it("leave nothing behind when their cell ends", async () => {
    await boxPlot();
    await opened.page.evaluate(() => globalThis.boxPlotPage.end());
    await expect.poll(() => opened.page.locator(".layerscope").count()).toBe(0);
  });
});
