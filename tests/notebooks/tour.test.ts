import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { panelOf, shownUnits } from "../support/drawn-boxes.ts";
import { type NotebookPage, openNotebook } from "../support/notebook-page.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../support/scatter-actions.ts";
import { TOUR } from "../support/tour-widgets.ts";
import { useLab } from "../support/use-lab.ts";

describe("the tour, in JupyterLab", () => {
  const lab = useLab();
  let notebook: NotebookPage;
  const digits = () => notebook.widget(TOUR.digits);
  const seen = () => notebook.widget(TOUR.seen);
  const plain = () => notebook.widget(TOUR.other);

  beforeAll(async () => {
    const { browser, server } = lab;
    await server.add("notebooks/jupyter/tour.ipynb", "jupyter/tour.ipynb");
    for (const file of await readdir("notebooks/data/picture-network"))
      await server.add(`notebooks/data/picture-network/${file}`, `data/picture-network/${file}`);
    notebook = await openNotebook(browser, server, "jupyter/tour.ipynb", { viewport: { width: 1280, height: 14_000 } });
    await notebook.runAll();
  });
  afterAll(() => notebook?.close());

  const printed = async () => (await notebook.page.locator(".jp-OutputArea-output").allInnerTexts()).join("\n");

  it("runs from top to bottom", async () => {
    const failures = await notebook.page.locator('[data-mime-type="application/vnd.jupyter.error"]').allInnerTexts();
    expect(failures).toEqual([]);
    // Lab draws an output a moment after the kernel has called its cell done.
    await expect.poll(printed).toContain("1000 crops, 96 units");
    await expect.poll(printed).toMatch(/UmapScatter\(1797 × 64, 10 classes, .*seed 42\): done in/);
  });

  it("begins with five linked widgets about the network", async () => {
    const five = [
      TOUR.exploreMap,
      TOUR.exploreMosaic,
      TOUR.exploreUnits,
      TOUR.exploreFeatureMaps,
      TOUR.exploreSaliency,
    ];
    const titles = five.map((place) => notebook.widget(place).locator(".ls-title").textContent());
    expect(await Promise.all(titles)).toEqual(["UMAP", "Mosaic", "Units", "Feature maps", "Saliency"]);
    await expectInk(notebook.widget(TOUR.exploreMosaic), 0.03);
    await expect.poll(() => shownUnits(notebook.widget(TOUR.exploreUnits)), { timeout: 60_000 }).toHaveLength(6);
    await drawLasso(notebook.widget(TOUR.exploreMap), LEFT_HALF);
    const status = await expectStatus(notebook.widget(TOUR.exploreMap), /of 1,000 selected/);
    const half = /^[\d,]+ of 1,000 selected/.exec(status)?.[0] ?? "nothing";
    for (const place of [TOUR.exploreMosaic, TOUR.exploreUnits])
      await expectStatus(notebook.widget(place), new RegExp(`^${half}`));
  });

  it("has points on the canvas of every map", async () => {
    for (const index of [TOUR.exploreMap, TOUR.digits, TOUR.seen, TOUR.other]) await expectInk(notebook.widget(index));
  });

  it("shows what Python selected", async () => {
    await expectStatus(digits(), /^180 of 1,797 selected/);
  });

  it("explains its keys a line each, whatever the host does to lists", async () => {
    const widget = digits();
    await widget.getByRole("button", { name: "Help", exact: true }).click();
    const heights = await widget.locator(".ls-help dt").evaluateAll((terms) => terms.map((term) => term.clientHeight));
    expect(heights.length).toBeGreaterThan(5);
    expect(Math.max(...heights)).toBeLessThan(40);
    await notebook.page.keyboard.press("Escape");
  });

  it("sets each figure of the map's quality beside its name", async () => {
    const widget = digits();
    const settings = widget.getByRole("button", { name: "Settings", exact: true });
    await settings.click();
    await widget.getByRole("button", { name: "Measure", exact: true }).click();
    const figures = widget.locator(".ls-quality-figures");
    await expect.poll(() => figures.locator("dd").count()).toBeGreaterThan(2);
    const tops = (part: string) =>
      figures.locator(part).evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().top));
    expect(await tops("dd")).toEqual(await tops("dt"));
    await settings.click();
  });

  it("gives a lassoed selection to Python, which prints it", async () => {
    await drawLasso(digits(), LEFT_HALF);
    const sentence = await expectStatus(digits(), /^(?!180 of)[\d,]+ of 1,797 selected/);
    const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
    await notebook.askUntil("print(len(scatter.selected))", (answer) => answer === String(count));
    // The tour's own next cell, run again.
    await notebook.run(8);
    await expect.poll(printed).toContain(`${count} rows selected`);
  });

  it("lets the second map follow the first", async () => {
    await drawLasso(seen(), LEFT_HALF);
    const sentence = await expectStatus(seen(), /of 1,000 selected/);
    const count = /^[\d,]+ of 1,000 selected/.exec(sentence)?.[0] ?? "nothing";
    await expectStatus(plain(), new RegExp(`^${count}`));
    await notebook.askUntil("print(len(plain.selected))", (answer) =>
      count.startsWith(Number(answer).toLocaleString("en")),
    );
  });

  it("lays the crops themselves on the first map, framed by class, and answers which lie in a cell", async () => {
    const mosaic = notebook.widget(TOUR.mosaic);
    await expect.poll(() => mosaic.locator(".ls-subtitle").textContent()).toMatch(/^1,000 tiles, 24 × \d+$/);
    await expectInk(mosaic, 0.08);
    await expect.poll(printed).toMatch(/[1-9]\d* crops in cell 22, 16, of [a-z]/);
    expect(await notebook.ask("print((mosaic.embedding == seen.embedding).all())")).toBe("True");
    const figure = await readFile(join(lab.server.folder, "jupyter/crops.png"));
    expect(PNG.sync.read(figure).width).toBeGreaterThan(2000);
    const report = await readFile(join(lab.server.folder, "jupyter/crops.csv"), "utf8");
    expect(report.split("\r\n")[0]).toBe("x,y,row,name");
  });

  it("links them with both maps", async () => {
    const mosaic = notebook.widget(TOUR.mosaic);
    await drawLasso(mosaic, LEFT_HALF);
    const half = /^[\d,]+ of 1,000 selected/.exec(await expectStatus(mosaic, /of 1,000 selected/))?.[0] ?? "nothing";
    await expectStatus(seen(), new RegExp(`^${half}`));
    await expectStatus(plain(), new RegExp(`^${half}`));
  });

  it("draws the units that tell the pictures apart, ranks them for the crops at hand, and selects a box's crops", async () => {
    const box = notebook.widget(TOUR.units);
    expect(await box.locator(".ls-subtitle").textContent()).toBe("96 units, 10 classes");
    await expect.poll(printed).toMatch(/tell the pictures apart: \[\d+(, \d+){5}\]/);
    await expect.poll(printed).toMatch(/tell the mistakes from the rest: \[\d+(, \d+){5}\]/);
    expect(await box.locator(".ls-box-aside").textContent()).toMatch(/pass slides\.$/);
    const classes = JSON.parse(await notebook.ask(`print(box.ranking["unit"][:6].tolist())`)) as number[];
    await notebook.ask("seen.selected = []");
    await expect.poll(() => shownUnits(box)).toEqual(classes);

    await drawLasso(notebook.widget(TOUR.mosaic), LEFT_HALF);
    const half = /^[\d,]+ of 1,000 selected/.exec(await expectStatus(box, /of 1,000 selected/))?.[0] ?? "nothing";
    await expectStatus(seen(), new RegExp(`^${half}`));
    const ranked = JSON.parse(
      await notebook.ask(`print((await box.rank_selection())["unit"][:6].tolist())`),
    ) as number[];
    await expect.poll(() => shownUnits(box)).toEqual(ranked);

    const [first = -1] = ranked;
    const group = panelOf(box, first).locator('[data-ls-group="3"]');
    const name = await group.locator(".ls-box-name title").textContent();
    await group.locator(".ls-box-body").click({ force: true });
    const count = await notebook.ask(`print((truth == ${JSON.stringify(name)}).sum())`);
    for (const place of [TOUR.seen, TOUR.other, TOUR.mosaic, TOUR.units])
      await expectStatus(notebook.widget(place), new RegExp(`^${count} of 1,000 selected`));
    await notebook.askUntil("print(set(truth[seen.selected].tolist()))", (answer) => answer === `{'${name}'}`);
  });

  it("lists the layers of the network, whose early layer is mapped, mosaicked and compared", async () => {
    const layers = notebook.widget(TOUR.network).getByRole("grid", { name: "Layers" });
    await layers.getByText("node_relu_2").first().waitFor();
    await expectInk(notebook.widget(TOUR.earlyMap), 0.01);
    await expectInk(notebook.widget(TOUR.earlyMosaic), 0.03);
    await expect.poll(() => shownUnits(notebook.widget(TOUR.earlyUnits)), { timeout: 60_000 }).toHaveLength(6);
    await expect.poll(printed, { timeout: 60_000 }).toMatch(/(9\d|100)% of the answers are those that were saved/);
    // Nobody has awaited these.
    expect(await notebook.ask("print(early.shape, answers.shape)")).toBe("(334, None) (334, 10)");
  });

  it("shows what the answer to a crop stands on by two methods, of which Python hears how faithful they are", async () => {
    const overlay = notebook.page.locator(".layerscope").last();
    await overlay.getByText("integrated gradients, coins", { exact: true }).waitFor();
    await overlay.getByText("Grad-CAM, coins", { exact: true }).waitFor();
    const judged =
      /^(?:integrated gradients|Grad-CAM): (\d\.\d\d) while it is taken away, (\d\.\d\d) while it is put back$/gm;
    const areas = async () => [...(await printed()).matchAll(judged)].map(([, ...found]) => found.map(Number));
    await expect.poll(async () => (await areas()).length, { timeout: 60_000 }).toBe(2);
    for (const [deletion = 1, insertion = 0] of await areas()) {
      expect(deletion).toBeLessThan(0.5);
      expect(insertion).toBeGreaterThan(0.5);
    }
  });

  it("saves a figure and a page that works from the disk with the network cut", async () => {
    const figure = join(lab.server.folder, "jupyter/picture-network.pdf");
    expect((await readFile(figure)).subarray(0, 5).toString()).toBe("%PDF-");
    const path = join(lab.server.folder, "jupyter/picture-network.html");
    expect((await stat(path)).size).toBeLessThan(6_000_000);
    const context = await lab.browser.newContext({ offline: true, viewport: { width: 900, height: 1000 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`file://${path}`);
    const widget = page.locator(".layerscope").first();
    await expectInk(widget, 0.01);
    await drawLasso(widget, LEFT_HALF);
    const count = /^[\d,]+/.exec(await expectStatus(widget, /of 1,000 selected/))?.[0];
    const mosaic = page.locator(".layerscope").nth(1);
    await expectInk(mosaic, 0.08);
    const box = page.locator(".layerscope").nth(2);
    for (const other of [mosaic, box]) await expectStatus(other, new RegExp(`^${count} of 1,000 selected`));
    await expect.poll(() => box.locator(".ls-box-selection .ls-box-body").count()).toBe(6);
    expect(requests.filter((url) => /^(https?|wss?):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("asks nobody outside this machine and meets no error", () => {
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});
