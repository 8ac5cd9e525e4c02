import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { listedUnits, panelOf, shownUnits } from "../support/drawn-boxes.ts";
import { type MarimoPage, openMarimo } from "../support/marimo-page.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../support/scatter-actions.ts";

describe("the tour, in marimo", () => {
  let browser: Browser;
  let notebook: MarimoPage;

  beforeAll(async () => {
    browser = await launchChromium();
    notebook = await openMarimo(browser, "notebooks/marimo/tour.py");
  });
  afterAll(async () => {
    await notebook?.close();
    await browser?.close();
  });

  it("has points on the canvas of every map", async () => {
    for (const index of [0, 1, 2]) await expectInk(notebook.widget(index));
  });

  it("runs a cell that awaits again when its map is done", async () => {
    await notebook.page.getByText(/UmapScatter\(1797 × 64, 10 classes, .*seed 42\): done in/).waitFor();
    await notebook.page.getByText("picture-network.pdf and picture-network.html are there").waitFor();
    const figure = await readFile(join(notebook.folder, "marimo/picture-network.pdf"));
    expect(figure.subarray(0, 5).toString()).toBe("%PDF-");
    // Cells further down wait for maps of their own, each until its map is done.
    const waiting = notebook.page.getByText(/This cell runs again/);
    await expect.poll(() => waiting.count(), { timeout: 120_000 }).toBe(0);
  });

  it("gives a lassoed selection to Python, whose next cell follows", async () => {
    await notebook.page.getByText("0 rows selected").waitFor();
    await drawLasso(notebook.widget(0), LEFT_HALF);
    const sentence = await expectStatus(notebook.widget(0), /^[\d,]+ of 1,797 selected/);
    const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
    expect(count).toBeGreaterThan(100);
    await notebook.page.getByText(`${count} rows selected, their digits: `).waitFor();
  });

  it("lets the second map follow the first, and Python both", async () => {
    await drawLasso(notebook.widget(1), LEFT_HALF);
    const sentence = await expectStatus(notebook.widget(1), /^[\d,]+ of 1,000 selected/);
    const count = /^[\d,]+/.exec(sentence)?.[0] ?? "nothing";
    await expectStatus(notebook.widget(2), new RegExp(`^${count} of 1,000 selected`));
    await notebook.page.getByText(`${Number(count.replace(",", ""))} crops selected`).waitFor();
  });

  it("lays the crops themselves on that map, linked, and tells Python which lie in a cell", async () => {
    const mosaic = notebook.widget(3);
    await expectInk(mosaic, 0.07);
    await notebook.page.getByText(/[1-9]\d* crops in cell 22, 16, of [a-z]/).waitFor();
    await drawLasso(mosaic, LEFT_HALF);
    const count = /^[\d,]+/.exec(await expectStatus(mosaic, /^[\d,]+ of 1,000 selected/))?.[0] ?? "nothing";
    await expectStatus(notebook.widget(1), new RegExp(`^${count} of 1,000 selected`));
    await notebook.page.getByText(`${Number(count.replace(",", ""))} crops selected`).waitFor();
  });

  it("draws the units that tell the pictures apart, linked, and tells Python which they are", async () => {
    const box = notebook.widget(4);
    await expect.poll(() => listedUnits(box)).not.toEqual([]);
    // What was lassoed is still selected.
    await box.getByRole("button", { name: "classes", exact: true }).click();
    const best = (await listedUnits(box)).slice(0, 6).join(", ");
    await notebook.page.getByText(`These tell the pictures apart: [${best}]`).waitFor();
    const [first = -1] = await shownUnits(box);
    await panelOf(box, first).locator('[data-ls-group="3"] .ls-box-body').click({ force: true });
    for (const place of [1, 2, 3, 4]) await expectStatus(notebook.widget(place), /^100 of 1,000 selected/);
    await notebook.page.getByText("100 crops selected, of 1 pictures").waitFor();
  });

  it("fetches a row's picture when the row is looked at", async () => {
    // The arrow keys go from mark to mark, wherever the marks lie.
    await notebook.page.getByText("done in").waitFor();
    await notebook.widget(0).locator(".ls-body").focus();
    await notebook.page.keyboard.press("ArrowRight");
    const picture = notebook.widget(0).locator(".ls-tooltip-picture");
    await expect.poll(() => picture.evaluate(isPainted)).toBe(true);
  });

  it("asks nobody outside this machine and meets no error", () => {
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});

function isPainted(canvas: HTMLCanvasElement | SVGElement): boolean {
  if (!(canvas instanceof HTMLCanvasElement)) return false;
  const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value) => value > 0);
}
