import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import { drawnSpace } from "../browser/link/drawn-space.ts";
import { drawnBoxes, listedUnits, panelOf, shownUnits } from "../support/drawn-boxes.ts";
import type { NotebookPage } from "../support/notebook-page.ts";
import { inkedPixels, type Pixels, pixelsOf } from "../support/pixels.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF, statusOf } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

/** Differs between the three classes, above all others. */
const PLANTED = 17;
/** Is high at the left of the map, in every slide. */
const LEFT = 40;

const CELLS = [
  `import json, layerscope as ls, numpy as np
random = np.random.default_rng(3)
slides = np.repeat(np.arange(12), 100)
classes = np.array(["adeno", "benign", "squamous"])[slides % 3]
xy = np.stack([np.arange(1200) * 0.7548776662466927 % 1, np.arange(1200) * 0.5698402909980532 % 1], 1)
values = 6 + random.normal(size=(1200, 64)) + 0.3 * random.normal(size=(12, 64))[slides]
values[:, ${PLANTED}] += 2 * (slides % 3)
values[:, ${LEFT}] += 4 * (xy[:, 0] < 0.5)
values = values.astype("f4")
def five(rows, unit):
    column = values[rows, unit].astype(float)
    low, middle, high = np.quantile(column, [0.25, 0.5, 0.75])
    within = column[(column >= low - 1.5 * (high - low)) & (column <= high + 1.5 * (high - low))]
    return [within.min(), low, middle, high, within.max()]`,
  `scatter = ls.UmapScatter(coords=xy, labels=classes, title="Places")
scatter`,
  `tiles = np.repeat(np.repeat(np.arange(1200)[:, None, None] % 200 + 20, 8, 1), 8, 2).astype("u1")
mosaic = ls.Mosaic(tiles, scatter, num_tiles_x=20)
mosaic`,
  `box = ls.BoxPlot(values, classes, slides)
ls.link(scatter, mosaic, box)
await box`,
];

type Widgets = Readonly<Record<"scatter" | "mosaic" | "box", Locator>>;
/** Of each class, for the units named: whisker, quartile, median, quartile, whisker. */
type Numbers = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const widgetsIn = (at: (place: number) => Locator): Widgets => ({ scatter: at(0), mosaic: at(1), box: at(2) });
const bodyOf = (widget: Locator) => widget.locator(".ls-body");
const lineOf = (box: Locator, unit: number) => box.locator(`.ls-unit-line[data-ls-unit="${unit}"]`);
const legendOf = (widget: Locator) => widget.locator(".ls-legend-title").first().textContent();

/** NumPy's numbers of every unit on show, a class at a time. */
async function numbersOf(notebook: NotebookPage, units: readonly number[]): Promise<Numbers> {
  const each = `{str(unit): {name: five(classes == name, unit) for name in np.unique(classes)} for unit in ${JSON.stringify(units)}}`;
  return JSON.parse(await notebook.ask(`print(json.dumps(${each}))`));
}

/** Every number that is read from a unit's panel is the expected one, to a pixel. */
async function expectBoxes(
  box: Locator,
  unit: number,
  expected: Readonly<Record<string, readonly number[]>>,
): Promise<void> {
  const drawn = await drawnBoxes(box, unit);
  expect(drawn.map(({ name }) => name)).toEqual(Object.keys(expected));
  for (const { name, five, perPixel } of drawn)
    five.forEach((value, part) => {
      const away = Math.abs(value - (expected[name]?.[part] ?? Number.NaN));
      expect(away, `unit ${unit}, ${name}, number ${part}`).toBeLessThan(perPixel);
    });
}

/** The planted unit is first in the table and on show, and all six panels have NumPy's numbers. */
async function expectRanked({ box }: Widgets, numbers: Numbers): Promise<void> {
  await expect.poll(async () => (await listedUnits(box))[0], { timeout: 60_000 }).toBe(PLANTED);
  const units = await shownUnits(box);
  expect(units[0]).toBe(PLANTED);
  expect(units).toHaveLength(6);
  for (const unit of units) await expectBoxes(box, unit, numbers[unit] ?? {});
}

/** The boxes of a panel by name. */
async function boxesOf(box: Locator, unit: number): Promise<Readonly<Record<string, readonly number[]>>> {
  return Object.fromEntries((await drawnBoxes(box, unit)).map(({ name, five }) => [name, five]));
}

/** Draw around the left half of a map or mosaic: a box of its own, and the unit that is high there comes first. */
async function expectLasso({ box }: Widgets, drawnIn: Locator): Promise<void> {
  expect((await listedUnits(box))[0]).toBe(PLANTED);
  await drawLasso(drawnIn, LEFT_HALF);
  await expectStatus(box, /^\d{3} of 1,200 selected/);
  await expect.poll(async () => (await listedUnits(box))[0], { timeout: 20_000 }).toBe(LEFT);
  await expect.poll(async () => (await shownUnits(box))[0]).toBe(LEFT);
  const chosen = /^\d+/.exec(await statusOf(box))?.[0];
  const { sel } = await boxesOf(box, LEFT);
  // All of it is high, and half of each class.
  expect(sel?.[1]).toBeGreaterThan(9);
  expect(await panelOf(box, LEFT).locator(".ls-box-selection .ls-box-count").textContent()).toBe(chosen);
  await expect
    .poll(() => box.locator(".ls-box-sentence-text").textContent())
    .toMatch(/^Unit 40 is 1\.\d × higher in the selection than in the rest \(slide level, F\(1, 22\) = /);
}

async function clear({ box }: Widgets): Promise<void> {
  await box.getByRole("button", { name: "Clear", exact: true }).click();
  await expect.poll(async () => (await listedUnits(box))[0], { timeout: 20_000 }).toBe(PLANTED);
}

/** A click on a class' box selects its rows in all three, and the selection's box is that box again. */
async function expectClick({ box, scatter, mosaic }: Widgets): Promise<void> {
  await panelOf(box, PLANTED).locator('[data-ls-group="1"] .ls-box-body').click({ force: true });
  for (const widget of [box, scatter, mosaic]) await expectStatus(widget, /^400 of 1,200 selected/);
  const { sel, benign } = await boxesOf(box, PLANTED);
  expect(sel).toEqual(benign);
}

/** A click on a unit colours map and mosaic by it, and the map in space has its values as height, and can be turned. */
async function expectUnit({ box, scatter, mosaic }: Widgets, values: readonly number[] | null): Promise<void> {
  const before = await pixelsOf(bodyOf(scatter));
  await lineOf(box, PLANTED).click();
  for (const widget of [scatter, mosaic])
    await expect.poll(() => legendOf(widget), { timeout: 20_000 }).toBe(`unit ${PLANTED}`);
  await expect.poll(async () => shareChanged(before, await pixelsOf(bodyOf(scatter)))).toBeGreaterThan(0.005);

  await scatter.getByRole("button", { name: "3-D", exact: true }).click();
  const space = scatter.locator(".ls-space");
  await space.locator("canvas").first().waitFor({ timeout: 60_000 });
  await expect.poll(async () => inkedPixels(await pixelsOf(space)), { timeout: 30_000 }).toBeGreaterThan(500);
  const drawn = await drawnSpace(scatter.page());
  expect(drawn?.axes).toEqual(["x", "y", `unit ${PLANTED}`]);
  expect(drawn?.z).toHaveLength(1200);
  if (values) expect(drawn?.z).toEqual(values);
  const still = await pixelsOf(space);
  const at = await space.boundingBox();
  if (!at) throw new Error("The map in space has no box.");
  const { mouse } = scatter.page();
  // plotly.js can't be turned for a moment after it has drawn.
  const turn = async () => {
    await mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await mouse.down();
    await mouse.move(at.x + at.width / 2 + 90, at.y + at.height / 2 + 10, { steps: 4 });
    await mouse.up();
    return shareChanged(still, await pixelsOf(space));
  };
  await expect.poll(turn, { timeout: 20_000 }).toBeGreaterThan(0.01);
  await scatter.getByRole("button", { name: "2-D", exact: true }).click();
  await space.waitFor({ state: "detached" });
}

/** Everything that the three share, as a reader sees it. */
async function expectLinked(widgets: Widgets, values: readonly number[] | null = null): Promise<void> {
  await expectLasso(widgets, widgets.scatter);
  await clear(widgets);
  await expectLasso(widgets, widgets.mosaic);
  await clear(widgets);
  await expectClick(widgets);
  await clear(widgets);
  await expectUnit(widgets, values);
}

/** The share of pixels that differ. */
function shareChanged(before: Pixels, after: Pixels): number {
  if (before.data.length !== after.data.length) return 1;
  let changed = 0;
  for (let at = 0; at < before.data.length; at += 4)
    if ([0, 1, 2].some((part) => Math.abs((before.data[at + part] ?? 0) - (after.data[at + part] ?? 0)) > 24))
      changed++;
  return changed / (before.data.length / 4);
}

describe("box plots of planted units in JupyterLab, with a map and a mosaic of the same rows", () => {
  const lab = useLab();

  async function open(...more: readonly string[]): Promise<readonly [NotebookPage, Widgets]> {
    const notebook = await lab.open([...CELLS, ...more], { viewport: { width: 1280, height: 2400 } });
    await notebook.runAll();
    const widgets = widgetsIn((place) => notebook.widget(place));
    await expectInk(widgets.scatter, 0.01);
    await expectInk(widgets.mosaic, 0.1);
    await expect.poll(() => shownUnits(widgets.box), { timeout: 60_000 }).toHaveLength(6);
    return [notebook, widgets];
  }

  it("rank the planted unit first, and every box drawn has NumPy's five numbers", async () => {
    const [notebook, widgets] = await open();
    const units = await shownUnits(widgets.box);
    await expectRanked(widgets, await numbersOf(notebook, units));
    expect(await notebook.ask(`print(box.ranking["unit"][:6].tolist() == ${JSON.stringify(units)})`)).toBe("True");
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("share selections and the unit with them, and Python has the same rows and the same ranking", async () => {
    const [notebook, widgets] = await open();
    await expectLasso(widgets, widgets.scatter);
    const isLeft = "print((xy[box.selected, 0] < 0.5).all(), len(box.selected))";
    await notebook.askUntil(isLeft, (answer) => /^True [1-9]/.test(answer));
    const numbers = JSON.parse(await notebook.ask(`print(json.dumps(five(box.selected, ${LEFT})))`)) as number[];
    const { sel } = await boxesOf(widgets.box, LEFT);
    const perPixel = (await drawnBoxes(widgets.box, LEFT))[0]?.perPixel ?? 0;
    numbers.forEach((value, part) => {
      expect(Math.abs((sel?.[part] ?? Number.NaN) - value)).toBeLessThan(perPixel);
    });
    expect(await notebook.ask(`print((await box.rank_selection())["unit"][0])`)).toBe(String(LEFT));
    await clear(widgets);
    await notebook.askUntil("print(len(box.selected))", (answer) => answer === "0");
    const values = JSON.parse(
      await notebook.ask(`print(json.dumps(values[:, ${PLANTED}].astype(float).tolist()))`),
    ) as number[];
    await expectLinked(widgets, values);
    await notebook.askUntil("print(box.unit)", (answer) => answer === String(PLANTED));
    await notebook.ask(`box.selected = np.flatnonzero(classes == "adeno")`);
    for (const widget of Object.values(widgets)) await expectStatus(widget, /^400 of 1,200 selected/);
    await panelOf(widgets.box, PLANTED).locator('[data-ls-group="2"] .ls-box-body').click({ force: true });
    for (const name of ["scatter", "mosaic", "box"]) {
      const same = `print(np.array_equal(${name}.selected, np.flatnonzero(classes == "squamous")))`;
      await notebook.askUntil(same, (answer) => answer === "True");
    }
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("do all of it after the kernel is gone, once the map was turned into three dimensions", async () => {
    const [notebook, widgets] = await open();
    await expectUnit(widgets, null);
    await lineOf(widgets.box, PLANTED).click();
    await expect.poll(() => legendOf(widgets.scatter)).not.toBe(`unit ${PLANTED}`);
    const numbers = await numbersOf(notebook, await shownUnits(widgets.box));
    process.kill(Number(await notebook.ask("import os; print(os.getpid())")), "SIGKILL");
    await notebook.page.getByRole("dialog").getByRole("button", { name: "Ok" }).click();
    await expectStatus(widgets.box, /^Python has stopped; the picture still works\./);
    await expectRanked(widgets, numbers);
    await expectLinked(widgets);
    expect(notebook.errors).toEqual([]);
  });

  it("do all of it in an exported page, opened from the disk with the network cut", async () => {
    const [notebook, live] = await open(`ls.to_html("units.html", scatter, mosaic, box)`);
    const numbers = await numbersOf(notebook, await shownUnits(live.box));
    const path = join(lab.server.folder, "units.html");
    const size = () =>
      stat(path).then(
        (file) => file.size,
        () => 0,
      );
    await expect.poll(size).toBeGreaterThan(1_000_000);
    const context = await lab.browser.newContext({ offline: true, viewport: { width: 1100, height: 2200 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`file://${path}`);
    const widgets = widgetsIn((place) => page.locator(".layerscope").nth(place));
    await expectInk(widgets.mosaic, 0.1);
    await expectRanked(widgets, numbers);
    await expectLinked(widgets);
    expect(requests.filter((url) => /^(https?|wss?):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });
});
