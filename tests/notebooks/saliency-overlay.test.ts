import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import type { Locator } from "playwright-core";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { withDataBeside } from "../support/data-beside.ts";
import { changedPixels, type DrawnPanel, drawnPanels, farthestByte } from "../support/drawn-panels.ts";
import type { NotebookPage } from "../support/notebook-page.ts";
import { pdfPictures } from "../support/pdf-text.ts";
import { expectStatus } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

const SIDE = 64;
const METHODS = 11;

/** The tour's network and one of its crops; how its maps are to be laid over it, in NumPy and matplotlib's own colours. */
const COINS = `import base64, io, json, layerscope as ls, numpy as np
from itertools import pairwise
from PIL import Image
about = json.load(open("crops.json"))
packed = open("crops.bin", "rb").read()
crops = [packed[start:end] for start, end in pairwise(about["offsets"])]
model = ls.Model("network.onnx", mean=0, std=1, classes=about["names"])
COINS = about["names"].index("coins")
coins = crops[about["labels"].index(COINS)]
picture = np.asarray(Image.open(io.BytesIO(coins)).convert("RGB"))
inferno = np.frombuffer(base64.b64decode(json.load(open("colormap-goldens.json"))["tables"]["inferno"]), "u1").reshape(256, 3)
def laid(mask):
    grey = (picture @ np.array([0.2126, 0.7152, 0.0722]))[..., None]
    colour = inferno[np.minimum(mask * 256, 255).astype(int)]
    return (grey + 0.85 * mask[..., None] * (colour - grey)).round().astype("u1")
def put(name, *panels):
    np.stack(panels).astype("u1").tofile(name)`;

/** Every method has few steps, and gives what SaliencyMap gives by itself. */
const ALL = `METHODS = ["vanilla", "gradient_x_input", "integrated_gradients", "guided_integrated_gradients",
           "blur_integrated_gradients", "xrai", "xrai_fast", "gradcam", "gradcam_plus_plus", "layercam", "occlusion"]
grid = ls.SaliencyOverlay(model, coins, method=METHODS, x_steps=6, steps=6, size=16, stride=16)
grid`;
const ALL_ASKED = `masks = (await grid.mask())[0]
put("all.bin", picture, *map(laid, masks))
smap = ls.SaliencyMap(model, COINS)
alone = {
    "vanilla": await smap.vanilla(coins),
    "integrated_gradients": await smap.integrated_gradients(coins, 6),
    "gradcam": await smap.gradcam(coins),
    "occlusion": await smap.occlusion(coins, size=16, stride=16),
}
far = {name: float(np.abs(masks[METHODS.index(name)] - map).max()) for name, map in alone.items()}`;

/** Slideflow's own map of its own network, laid over as Pillow did it there. */
const SLIDEFLOW = `import gzip
told = json.load(open("slideflow-maps.json"))
flat = np.frombuffer(gzip.open("slideflow-maps.bin.gz").read(), "<f4")
ends = np.cumsum([np.prod(each["shape"], dtype=int) for each in told["arrays"]])
slideflow = {each["name"]: part.reshape(each["shape"])
             for each, part in zip(told["arrays"], np.split(flat, ends[:-1]))}
image = slideflow["image_u8"].astype("u1")
tiny = ls.Model("tinynet.onnx", standardize="torch")
blended = ls.SaliencyOverlay(tiny, image, told["classIdx"], method="vanilla", blend="slideflow", arrangement="overlay")
blended`;
const SLIDEFLOW_ASKED = `def pasted(mask):
    over = Image.fromarray(ls.plot_utils.oranges(mask)[..., :3])
    return np.asarray(Image.composite(over, Image.fromarray(image), Image.new("L", (64, 64), int(0.6 * 255))))
its = await blended.mask()
put("slideflow.bin", pasted(its), ls.plot_utils.overlay(image, its), pasted(slideflow["map_vanilla"]))
apart = float(np.abs(its - slideflow["map_vanilla"]).max())`;

const ONE = `overlay = ls.SaliencyOverlay(model, coins, x_steps=10)
overlay`;
/** So many noisy pictures that nobody waits for them, should they ever be asked for. */
const SLOW = `slow = ls.SaliencyOverlay(model, coins, method="vanilla", nsamples=10_000)
slow`;

/** What the notebook's kernel has written as panels, colour by colour. */
async function writtenPanels(folder: string, name: string): Promise<readonly Uint8Array[]> {
  const bytes = await readFile(join(folder, name));
  const size = 3 * SIDE * SIDE;
  return Array.from({ length: bytes.length / size }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

/** Of each panel how far its farthest byte lies from what is expected. */
const distances = (drawn: readonly DrawnPanel[], expected: readonly Uint8Array[]) =>
  expected.map((colors, at) => farthestByte(drawn[at]?.colors ?? new Uint8Array(), colors));

const withoutOpacity = (pixels: Uint8Array) => pixels.filter((_, at) => at % 4 !== 3);

async function saved(notebook: NotebookPage, widget: Locator, format: string): Promise<Buffer> {
  await widget.getByRole("button", { name: "Save", exact: true }).click();
  const [download] = await Promise.all([
    notebook.page.waitForEvent("download"),
    notebook.page.getByRole("menuitem", { name: format, exact: true }).click(),
  ]);
  return readFile(await download.path());
}

describe("SaliencyOverlay in JupyterLab", () => {
  const lab = useLab();

  async function open(...cells: readonly string[]): Promise<NotebookPage> {
    const { server } = lab;
    for (const name of ["crops.bin", "crops.json", "network.onnx"])
      await server.add(`notebooks/data/picture-network/${name}`);
    for (const name of ["colormap-goldens.json", "slideflow-maps.json", "slideflow-maps.bin.gz"])
      await server.add(`tests/reference/saliency/${name}`);
    for (const [name, content] of Object.entries(withDataBeside("tinynet.onnx")))
      await writeFile(join(server.folder, name), content);
    return lab.open([COINS, ...cells], { viewport: { width: 1280, height: 1800 } });
  }

  it("draws every method by the formula over the tour's own crop; with Slideflow's blend it is Slideflow's bytes", async () => {
    const notebook = await open(ALL, ALL_ASKED, SLIDEFLOW, SLIDEFLOW_ASKED);
    await notebook.runAll();
    await notebook.askUntil("print('apart' in globals())", (answer) => answer === "True", 120);
    const { folder } = lab.server;

    const grid = notebook.widget(0);
    const expected = await writtenPanels(folder, "all.bin");
    expect(expected).toHaveLength(METHODS + 1);
    const panels = await drawnPanels(grid);
    expect(panels.map(({ label }) => label)).toEqual([
      "picture 1",
      "vanilla gradients, coins, over picture 1",
      "gradient × input, coins, over picture 1",
      "integrated gradients, coins, over picture 1",
      "guided integrated gradients, coins, over picture 1",
      "blur integrated gradients, coins, over picture 1",
      "XRAI, coins, over picture 1",
      "XRAI, fast, coins, over picture 1",
      "Grad-CAM, coins, over picture 1",
      "Grad-CAM++, coins, over picture 1",
      "LayerCAM, coins, over picture 1",
      "occlusion, coins, over picture 1",
    ]);
    expect(Math.max(...distances(panels, expected))).toBeLessThanOrEqual(1);
    // No two methods say the same, and none says nothing.
    expect(new Set(panels.map(({ colors }) => String(colors))).size).toBe(METHODS + 1);
    expect(
      await notebook.ask("print(masks.shape, (masks.min((1, 2)) == 0).all(), (masks.max((1, 2)) == 1).all())"),
    ).toBe(`(${METHODS}, ${SIDE}, ${SIDE}) True True`);
    expect(await notebook.ask("print({name: gap for name, gap in far.items() if gap > 1e-5})")).toBe("{}");

    const [pasted, overlaid, slideflow] = await writtenPanels(folder, "slideflow.bin");
    const [blended, ...others] = await drawnPanels(notebook.widget(1));
    expect(others).toEqual([]);
    expect(farthestByte(blended?.colors ?? new Uint8Array(), pasted ?? new Uint8Array())).toBe(0);
    expect(overlaid).toEqual(pasted);
    expect(await notebook.ask("print(apart < 1e-4)")).toBe("True");
    // A value at the border of two of the 256 colours may have the neighbour's.
    expect(farthestByte(blended?.colors ?? new Uint8Array(), slideflow ?? new Uint8Array())).toBeLessThanOrEqual(3);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("shows another class's map where one is clicked, is tried with the eraser, and saved as it is", async () => {
    const notebook = await open(ONE);
    await notebook.runAll();
    const { folder } = lab.server;
    const widget = notebook.widget();
    const rows = widget.locator(".ls-class-row");
    await rows.first().waitFor();
    await notebook.askUntil("print(overlay.class_idx == COINS)", (answer) => answer === "True");
    const first = (await drawnPanels(widget))[1];
    const named = (await rows.nth(1).locator(".ls-class-name").textContent()) ?? "";
    const likeliest = await notebook.ask("print(COINS)");
    await rows.nth(1).click();
    const other = await notebook.askUntil("print(overlay.class_idx)", (answer) => answer !== likeliest);
    expect(await notebook.ask(`print(about["names"][${other}])`)).toBe(named);
    await notebook.ask('put("other.bin", picture, laid(await overlay.mask()))');
    const second = (await drawnPanels(widget))[1];
    expect(first && second && changedPixels(first, second)).toBeGreaterThan((SIDE * SIDE) / 2);
    expect(
      Math.max(...distances(await drawnPanels(widget), await writtenPanels(folder, "other.bin"))),
    ).toBeLessThanOrEqual(1);
    expect(second?.label).toContain(named);
    // And back, from Python.
    await notebook.ask("overlay.class_idx = None");
    await expect
      .poll(async () => changedPixels(first as DrawnPanel, (await drawnPanels(widget))[1] as DrawnPanel))
      .toBe(0);
    await notebook.askUntil("print(overlay.class_idx == COINS)", (answer) => answer === "True");

    // The eraser, with the keyboard: three tenths of the places are blurred away, and the bar falls to what Python is told.
    const share = async () => Number(await rows.first().locator(".ls-class-share").textContent());
    const whole = await share();
    const slider = widget.getByRole("slider", { name: "Erase the most salient places" });
    await slider.focus();
    for (const _ of Array(6)) await notebook.page.keyboard.press("ArrowRight");
    await expect.poll(share).toBeLessThan(whole / 2);
    await notebook.ask("curves = await overlay.curves()");
    const told = await notebook.ask("print(len(curves.shares), f'{curves.shares[6]:.1f} {curves.deletion[6]:.2f}')");
    expect(told).toBe(`21 0.3 ${(await share()).toFixed(2)}`);
    expect(await slider.getAttribute("aria-valuetext")).toBe("30 % of the picture");
    const [erased] = await drawnPanels(widget);
    const [picture = new Uint8Array()] = await writtenPanels(folder, "other.bin");
    const gone = erased ? changedPixels({ ...erased, colors: picture }, erased) : 0;
    expect(gone).toBeGreaterThan(0.2 * SIDE * SIDE);
    expect(gone).toBeLessThanOrEqual(Math.ceil(0.3 * SIDE * SIDE));
    await notebook.page.keyboard.press("Home");
    await expect.poll(share).toBe(whole);

    await writeFile(join(folder, "raw.npy"), await saved(notebook, widget, "NPY"));
    expect(
      await notebook.ask(
        'raw = await overlay.raw(); print(raw.shape, np.array_equal(np.load("raw.npy"), raw), raw.min() < 0)',
      ),
    ).toBe(`(${SIDE}, ${SIDE}) True True`);
    expect(PNG.sync.read(await saved(notebook, widget, "PNG")).width).toBeGreaterThan(1000);
    const svg = (await saved(notebook, widget, "SVG")).toString();
    expect(svg).toMatch(/^<(\?xml|svg)/);
    expect(svg).toContain("integrated gradients");
    const figure = await PDFDocument.load(await saved(notebook, widget, "PDF"));
    const drawn = figure.getPages().flatMap((_, page) => pdfPictures(figure, page));
    expect(drawn.map(({ data }) => farthestByte(withoutOpacity(data), picture))).toContain(0);
    expect(drawn.map(({ data }) => farthestByte(withoutOpacity(data), first?.colors ?? new Uint8Array()))).toContain(0);
    await notebook.ask('await overlay.save("coins.csv")');
    const [head = "", line = ""] = (await readFile(join(folder, "coins.csv"), "utf8")).split("\r\n");
    const cell = (name: string) => line.split(",")[head.split(",").indexOf(name)];
    expect(cell("class_name")).toBe("coins");
    expect(await notebook.ask(`print(abs(curves.deletion_area - ${cell("deletion_area")}) < 1e-6)`)).toBe("True");
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("keeps the map on show where a longer one is given up, and says so", async () => {
    const notebook = await open(SLOW);
    await notebook.runAll();
    const widget = notebook.widget();
    await widget.locator(".ls-class-row").first().waitFor();
    await notebook.ask("before = await slow.mask()");
    const before = await drawnPanels(widget);
    await widget.getByRole("button", { name: "Settings", exact: true }).click();
    await widget.getByLabel("smooth", { exact: true }).click();
    // It grows meanwhile: what is there of it is on show.
    await expect
      .poll(async () => changedPixels(before[1] as DrawnPanel, (await drawnPanels(widget))[1] as DrawnPanel))
      .toBeGreaterThan(0);
    await widget.getByRole("button", { name: "Cancel", exact: true }).click();
    await expectStatus(widget, /^Stopped: the maps on show were made before\./);
    const after = await drawnPanels(widget);
    expect(after).toEqual(before);
    expect(await notebook.ask("print(np.array_equal(await slow.mask(), before))")).toBe("True");
    expect(await notebook.ask("print(slow)")).toMatch(/Stopped/);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});
