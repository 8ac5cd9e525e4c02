import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { drawnBoxes, panelOf, shownUnits } from "../support/drawn-boxes.ts";
import {
  boxesOf,
  clear,
  expectLasso,
  expectLinked,
  expectRanked,
  LEFT,
  type Numbers,
  PLANTED,
  type Widgets,
  widgetsIn,
} from "../support/linked-boxes.ts";
import type { NotebookPage } from "../support/notebook-page.ts";
import { inkedPixels } from "../support/pixels.ts";
import { expectInk, expectStatus } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

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

/** NumPy's numbers of every unit on show, a class at a time. */
async function numbersOf(notebook: NotebookPage, units: readonly number[]): Promise<Numbers> {
  const each = `{str(unit): {name: five(classes == name, unit) for name in np.unique(classes)} for unit in ${JSON.stringify(units)}}`;
  return JSON.parse(await notebook.ask(`print(json.dumps(${each}))`));
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

  it("answer Python: SciPy's F and p, Slideflow's calls, and the files that were asked for", async () => {
    const notebook = await lab.open(
      [
        CELLS[0] ?? "",
        `box = ls.BoxPlot(values, classes, slides)
await box`,
        `from scipy.stats import f_oneway
means = np.stack([values[slides == slide].astype(float).mean(0) for slide in range(12)])
kinds = np.arange(12) % 3
by_slide = f_oneway(*(means[kinds == kind] for kind in range(3)))
by_tile = f_oneway(*(values[classes == name].astype(float) for name in np.unique(classes)))
ranking = np.sort(box.ranking, order="unit")
same = lambda ours, theirs: np.allclose(ours, theirs, rtol=1e-9, atol=0)
print("ranking", [same(ranking[name], theirs) for name, theirs in zip(("f", "p", "tile_f", "tile_p"), (*by_slide, *by_tile))])`,
        `units = ls.UnitStatistics(values, classes, slides)
tile, slide, categories = await units.stats(outdir="stats")
print("stats", same([slide[unit]["f"] for unit in range(64)], by_slide.statistic),
      same([tile[unit]["p"] for unit in range(64)], by_tile.pvalue), [group.shape for group in categories])`,
        `tops = [await units.get_top_nodes_by_slide(), await units.get_top_nodes_by_tile()]
print("tops", [top == theirs.pvalue.argsort().tolist() for top, theirs in zip(tops, (by_slide, by_tile))])`,
        `print("plots", [path.name for path in await units.box_plots([${PLANTED}], outdir="plots")])
for suffix in "png", "svg", "pdf", "csv":
    await box.save(f"units.{suffix}")
print("files", "saved")`,
      ],
      { viewport: { width: 1280, height: 2400 } },
    );
    await notebook.runAll();
    const printed = async () => (await notebook.page.locator(".jp-OutputArea-output").allInnerTexts()).join("\n");
    const said = async (name: string, what: string) =>
      expect.poll(printed, { timeout: 60_000 }).toContain(`${name} ${what}`);
    await said("ranking", "[True, True, True, True]");
    await said("stats", "True True [(4, 64), (4, 64), (4, 64)]");
    await said("tops", "[True, True]");
    await said("plots", `['boxplot_${PLANTED} (tile-level).png', 'boxplot_${PLANTED} (slide-level).png']`);
    await said("files", "saved");
    const file = (...names: string[]) => readFile(join(lab.server.folder, ...names));
    for (const level of ["tile", "slide"]) {
      const picture = PNG.sync.read(await file("plots", `boxplot_${PLANTED} (${level}-level).png`));
      expect(inkedPixels(picture) / (picture.width * picture.height)).toBeGreaterThan(0.01);
    }
    // A head, the slides, and p and F at both levels.
    expect((await file("stats", "slide_level_summary.csv")).toString().trim().split("\n")).toHaveLength(17);
    expect(PNG.sync.read(await file("units.png")).width).toBeGreaterThan(2000);
    expect((await file("units.svg")).toString()).toContain(`unit ${PLANTED}`);
    expect((await file("units.pdf")).subarray(0, 5).toString()).toBe("%PDF-");
    const lines = (await file("units.csv")).toString().trim().split(/\r?\n/);
    expect(lines).toHaveLength(65);
    expect(lines[1]?.split(",")[0]).toBe(String(PLANTED));
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("do all of it after the kernel is gone, that never showed anything in three dimensions", async () => {
    const [notebook, widgets] = await open();
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
