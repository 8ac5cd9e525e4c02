import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { withDataBeside } from "../support/data-beside.ts";
import { shownUnits } from "../support/drawn-boxes.ts";
import { dropFiles } from "../support/drop-files.ts";
import { referenceFile } from "../support/engine-goldens.ts";
import { expectInk } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

/** Tiles of three slides, and what Slideflow's own Features answered to them. */
const TILES = `import base64, json, layerscope as ls, numpy as np
from PIL import Image
sheet = np.asarray(Image.open("slideflow-tiles.png").convert("RGB"))
rows, columns = sheet.shape[0] // 64, sheet.shape[1] // 64
tiles = sheet.reshape(rows, 64, columns, 64, 3).swapaxes(1, 2).reshape(-1, 64, 64, 3)
slides = [f"slide {row}" for row in np.repeat(np.arange(rows), columns)]
def golden(file, name):
    return np.frombuffer(base64.b64decode(json.load(open(file))[name]), "<f4")
def is_golden(found, file, name):
    told = golden(file, name).reshape(found.shape)
    return bool(np.linalg.norm(found - told) / np.linalg.norm(told) < 1e-5)`;

const SLIDEFLOW = "slideflow-features.json";

describe("a trained model in JupyterLab", () => {
  const lab = useLab();

  async function open(...cells: readonly string[]) {
    const { server } = lab;
    for (const name of ["slideflow-tiles.png", SLIDEFLOW, "keras-features.json"])
      await server.add(`tests/reference/models/${name}`);
    for (const name of ["small.h5", "small.keras"])
      await writeFile(join(server.folder, name), gunzipSync(referenceFile(`${name}.gz`)));
    for (const [name, content] of Object.entries(withDataBeside("tinynet.onnx")))
      await writeFile(join(server.folder, name), content);
    return lab.open([TILES, ...cells], { viewport: { width: 1280, height: 2600 } });
  }

  it("shows its layers, and a hidden layer is mapped, mosaicked and compared in three lines; awaited, it is Slideflow's", async () => {
    const notebook = await open(
      `model = ls.Model("tinynet.onnx", standardize="torch")
model`,
      `features = ls.Features(model, ["relu2", "relu3"], include_preds=True, pooling="avg", apply_softmax=True)
acts, predictions = features(tiles)
scatter = ls.UmapScatter(acts, labels=slides, images=tiles, n_neighbors=5)
scatter`,
      `mosaic = ls.Mosaic(tiles, scatter, num_tiles_x=6)
mosaic`,
      `box = ls.BoxPlot(acts, slides)
box`,
      `await acts, await predictions
page = open(ls.to_html("map.html", scatter)).read()`,
    );
    for (const cell of [0, 1, 2, 3, 4]) await notebook.run(cell);
    const table = notebook.widget(0).getByRole("grid", { name: "Layers" });
    await table.getByText("/relu3/Relu").first().waitFor();
    await expectInk(notebook.widget(1), 0.001);
    await expectInk(notebook.widget(2), 0.01);
    await expect.poll(() => shownUnits(notebook.widget(3)), { timeout: 60_000 }).toHaveLength(6);
    // Nothing of them is here until somebody awaits them.
    expect(await notebook.ask("print(acts.shape, scatter)")).toMatch(/^\(\d+, None\) UmapScatter\(\d+ rows, /);
    await notebook.run(5);
    const numbers = `print([is_golden(part.numpy(), "${SLIDEFLOW}", name) for part, name in ((acts, "activations"), (predictions, "predictions"))])`;
    expect(await notebook.ask(numbers)).toBe("[True, True]");
    expect(await notebook.ask("print(acts.shape[1], acts.layers)")).toBe("40 ['/relu2/Relu', '/relu3/Relu']");
    expect(await notebook.ask("print(await features.num_features, await features.layers)")).toBe(
      "40 ['/relu2/Relu', '/relu3/Relu']",
    );
    expect(await notebook.ask(`print("$activations" in page, 'id="ls-part-engine' in page)`)).toBe("False False");
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });

  it("is Keras' own as .h5 and as .keras, with the same table and the same numbers", async () => {
    const notebook = await open(
      `place = np.arange(5 * 16 * 16 * 3, dtype=np.uint64)
pictures = (place * 2654435761 % 2**32 >> 24).astype("u1").reshape(5, 16, 16, 3)
model = ls.Model("small.h5")
model`,
      `acts = ls.Features(model)(pictures)
other = ls.Features(open("small.keras", "rb"))(list(pictures))
await acts, await other
frame, summary, prepared = model.layer_table(), model.summary(), model.preprocess(pictures)
frame, summary, prepared = await frame, await summary, await prepared`,
    );
    await notebook.runAll();
    const found = `print([is_golden(part.numpy(), "keras-features.json", "post_convolution") for part in (acts, other)])`;
    await notebook.askUntil(found, (answer) => answer === "[True, True]", 90);
    await notebook.askUntil(
      "print(list(frame['layer'])[-1], frame['parameters'].sum(), frame.attrs['totals']['parameters'])",
      (answer) => /^classes (\d+) \1$/.test(answer),
    );
    expect(await notebook.ask("print(summary)")).toContain("post_convolution (GlobalAveragePooling2D)");
    expect(await notebook.ask("print(np.array_equal(prepared, pictures), prepared.is_applied)")).toBe("True True");
    expect(notebook.errors).toEqual([]);
  });

  it("that a reader drops lacks its weights until they are dropped too, and features are of it, whatever takes its place", async () => {
    const notebook = await open(
      `model = ls.Model(standardize="torch")
model`,
      `acts = ls.Features(model, ["relu2", "relu3"], pooling="avg")(tiles)`,
      "values = (await acts).numpy()",
    );
    await notebook.run(0);
    await notebook.run(1);
    const widget = notebook.widget();
    const layers = widget.getByRole("grid", { name: "Layers" });
    const body = widget.locator(".ls-body");
    const [graph = [], weights = []] = Object.entries(withDataBeside("tinynet.onnx"));
    await body.waitFor();
    await dropFiles(body, Object.fromEntries([graph]));
    await widget.getByText("is missing: tinynet.onnx.data").first().waitFor();
    await dropFiles(body, Object.fromEntries([weights]));
    await layers.getByText("/relu3/Relu").first().waitFor();
    await notebook.askUntil("print(model.name)", (answer) => answer === "tinynet.onnx");
    await notebook.run(2);
    await dropFiles(body, { "small.h5": gunzipSync(referenceFile("small.h5.gz")) });
    await notebook.askUntil("print(model.name)", (answer) => answer === "small.h5");
    await notebook.run(3);
    expect(await notebook.ask(`print(is_golden(values, "${SLIDEFLOW}", "activations"))`)).toBe("True");

    const files = widget.getByLabel("Files of a model");
    const path = (name: string) => join(lab.server.folder, name);
    await files.setInputFiles([path("tinynet.onnx.data"), path("tinynet.onnx")]);
    await notebook.askUntil("print(model.name)", (answer) => answer === "tinynet.onnx");
    await files.setInputFiles([path("small.keras")]);
    await notebook.askUntil("print(model.name)", (answer) => answer === "small.keras");
    await layers.getByText("post_convolution").first().waitFor();
    expect(notebook.errors).toEqual([]);
  });
});
