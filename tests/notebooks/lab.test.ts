import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type NotebookPage, openNotebook } from "../support/notebook-page.ts";
import { type ObservablePage, openNotebookKit } from "../support/observable-site.ts";
import { useLab } from "../support/use-lab.ts";

const FOLDER = "notebooks/labs";
const TASKS = 9;

describe("the lab, in JupyterLab", () => {
  const lab = useLab();
  let notebook: NotebookPage;

  beforeAll(async () => {
    const { browser, server } = lab;
    for (const file of ["lab_checks.py", "lab_pictures.py", "visualizing-activations-solution.ipynb"])
      await server.add(`${FOLDER}/${file}`, `labs/${file}`);
    for (const file of await readdir(`${FOLDER}/lab-network`))
      await server.add(`${FOLDER}/lab-network/${file}`, `labs/lab-network/${file}`);
    const name = "labs/visualizing-activations-solution.ipynb";
    notebook = await openNotebook(browser, server, name, { viewport: { width: 1280, height: 7000 } });
    await notebook.runAll();
  });
  afterAll(() => notebook?.close());

  const printed = async () => (await notebook.page.locator(".jp-OutputArea-output").allInnerTexts()).join("\n");

  it("runs its solution from top to bottom, and every check says that it is right", async () => {
    const failures = await notebook.page.locator('[data-mime-type="application/vnd.jupyter.error"]').allInnerTexts();
    expect(failures).toEqual([]);
    await expect.poll(async () => (await printed()).match(/✓ Right/g)?.length).toBe(TASKS);
    expect(await printed()).not.toMatch(/✗|Not answered/);
    expect(await printed()).toMatch(/conv2d_4 \(Conv2D\).*15, 15, 128.*147,584/);
    expect(await printed()).toContain("largest difference: 0.0");
    const [, byHand = "", byNetwork = "none"] = /by hand ([\d.]+), by the network ([\d.]+)/.exec(await printed()) ?? [];
    expect(Number(byHand)).toBeCloseTo(Number(byNetwork), 4);
  });

  it("shows the picture beside its tensor, with shape, dtype and range", async () => {
    const captions = await notebook.page.locator("td", { hasText: /the (picture|tensor):/ }).allInnerTexts();
    expect(captions.map((caption) => caption.trim())).toEqual([
      expect.stringMatching(/^the picture: 210 × 170 × 3, uint8, from \d+ to \d+$/),
      expect.stringMatching(/^the tensor: 1 × 150 × 150 × 3, float32, from 0\.\d+ to [01](\.\d+)?$/),
    ]);
  });

  it("says of wrong answers what is wrong", async () => {
    const says = (check: string) => notebook.ask(`print(check.${check})`);
    expect(await says("model(model.name)")).toBe(
      "✗ Not yet. This is the name of a file. Pass it to ls.Model(…), and it becomes a model.",
    );
    expect(await says("channel(strongest + 1, maps)")).toContain("counted from 0");
    expect(await says('pdf("lab-network/cat.png")')).toContain("ends in .pdf");
  });

  it("has all channels of eight layers on the screen, and 704 pictures in the file", async () => {
    const grid = notebook.widget(1);
    await expect.poll(() => grid.locator(".ls-subtitle").textContent()).toContain("8 layers, 704 channels");
    const saved = await readFile(join(lab.server.folder, "labs/intermediate-activations.pdf"), "latin1");
    expect(saved.match(/\/Subtype\s*\/Image\b/g)?.length).toBeGreaterThanOrEqual(704);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});

describe("the lab, in an Observable document", () => {
  let browser: Browser;
  let document: ObservablePage;

  beforeAll(async () => {
    browser = await launchChromium();
    document = await openNotebookKit(browser, "visualizing-activations.html");
  });
  afterAll(async () => {
    await document?.close();
    await browser?.close();
  });

  const task = (cell: number): Locator => document.page.locator(`#cell-${cell} .lab-task`);
  const verdict = (cell: number) => task(cell).locator(".lab-verdict");

  async function answer(cell: number, code: string): Promise<string> {
    await task(cell).locator("textarea").fill(code);
    await task(cell).getByRole("button", { name: "Check", exact: true }).click();
    await expect.poll(() => verdict(cell).textContent()).not.toBe("");
    return (await verdict(cell).textContent()) ?? "";
  }

  it("says of wrong answers what is wrong, and of those left out that they are missing", async () => {
    expect(await answer(10, "return 18432;")).toBe(
      "✗ Not yet. These are all the weights. Each of the 64 filters has one more number: its bias.",
    );
    expect(await answer(12, "return;")).toBe("Not answered yet. Return a number.");
    expect(await answer(12, "return side;")).toContain("Of a side of 150 it makes 150.");
    expect(await answer(14, "return side / ;")).toContain("The code ends with SyntaxError");
  });

  it("takes its solutions, one after the other: all are right, and the grid has 704 channels", async () => {
    const { page } = document;
    for (const cell of [5, 10, 12, 14, 16, 19, 26, 28, 31, 34]) {
      await task(cell).getByText("Solution", { exact: true }).click();
      await task(cell).getByRole("button", { name: "Use it" }).click();
      await expect.poll(() => verdict(cell).textContent(), { timeout: 60_000 }).toMatch(/^✓ Right/);
    }
    await page.getByText('"largest difference: 0"', { exact: true }).waitFor();
    const words = await page.getByText(/Row \d+, column \d+ of channel \d+: by hand/).textContent();
    const [, byHand = "", byNetwork = "none"] = /by hand ([\d.]+), by the network ([\d.]+)/.exec(words ?? "") ?? [];
    expect(Number(byHand)).toBeCloseTo(Number(byNetwork), 4);
    await page.getByText("8 layers, 704 channels").first().waitFor();
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
  });
});
