import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { drawnSpace } from "../browser/link/drawn-space.ts";
import { drawnBoxes, listedUnits, panelOf, shownUnits } from "./drawn-boxes.ts";
import { inkedPixels, pixelsOf, shareChanged } from "./pixels.ts";
import { drawLasso, expectStatus, LEFT_HALF, statusOf } from "./scatter-actions.ts";

/** Differs between the three classes, above all others. */
export const PLANTED = 17;
/** Is high at the left of the map, in every slide. */
export const LEFT = 40;
/** 400 of the 1,200 rows each, in 12 slides. */
const CLASSES = ["adeno", "benign", "squamous"] as const;

export type Widgets = Readonly<Record<"scatter" | "mosaic" | "box", Locator>>;
/** Of each class, for the units named: whisker, quartile, median, quartile, whisker. */
export type Numbers = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export const widgetsIn = (at: (place: number) => Locator): Widgets => ({ scatter: at(0), mosaic: at(1), box: at(2) });
const bodyOf = (widget: Locator) => widget.locator(".ls-body");
export const lineOf = (box: Locator, unit: number) => box.locator(`.ls-unit-line[data-ls-unit="${unit}"]`);
export const legendOf = (widget: Locator) => widget.locator(".ls-legend-title").first().textContent();

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
export async function expectRanked({ box }: Widgets, numbers: Numbers): Promise<void> {
  await expect.poll(async () => (await listedUnits(box))[0], { timeout: 60_000 }).toBe(PLANTED);
  const units = await shownUnits(box);
  expect(units[0]).toBe(PLANTED);
  expect(units).toHaveLength(6);
  for (const unit of units) await expectBoxes(box, unit, numbers[unit] ?? {});
}

/** The boxes of a panel by name. */
export async function boxesOf(box: Locator, unit: number): Promise<Readonly<Record<string, readonly number[]>>> {
  return Object.fromEntries((await drawnBoxes(box, unit)).map(({ name, five }) => [name, five]));
}

/** Draw around the left half of a map or mosaic: a box of its own, and the unit that is high there comes first. */
export async function expectLasso({ box }: Widgets, drawnIn: Locator): Promise<void> {
  expect((await listedUnits(box))[0]).toBe(PLANTED);
  await drawLasso(drawnIn, LEFT_HALF);
  await expectStatus(box, /^\d{3} of 1,200 selected/);
  await expect.poll(async () => (await listedUnits(box))[0], { timeout: 20_000 }).toBe(LEFT);
  await expect.poll(async () => (await shownUnits(box))[0]).toBe(LEFT);
  const chosen = /^\d+/.exec(await statusOf(box))?.[0];
  const boxes = await boxesOf(box, LEFT);
  const { sel } = boxes;
  // All of it is high, and half of each class.
  for (const name of CLASSES) expect(sel?.[1]).toBeGreaterThan(boxes[name]?.[2] ?? Number.NaN);
  expect(await panelOf(box, LEFT).locator(".ls-box-selection .ls-box-count").textContent()).toBe(chosen);
  await expect
    .poll(() => box.locator(".ls-box-sentence-text").textContent())
    .toMatch(/^Unit 40 is 1\.\d × higher in the selection than in the rest \(slide level, F\(1, 22\) = /);
}

export async function clear({ box }: Widgets): Promise<void> {
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
export async function expectUnit({ box, scatter, mosaic }: Widgets, values: readonly number[] | null): Promise<void> {
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
export async function expectLinked(widgets: Widgets, values: readonly number[] | null = null): Promise<void> {
  await expectLasso(widgets, widgets.scatter);
  await clear(widgets);
  await expectLasso(widgets, widgets.mosaic);
  await clear(widgets);
  await expectClick(widgets);
  await clear(widgets);
  await expectUnit(widgets, values);
}
