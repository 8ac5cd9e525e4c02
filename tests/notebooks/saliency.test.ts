import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withDataBeside } from "../support/data-beside.ts";
import { useLab } from "../support/use-lab.ts";

/** A picture, and the maps that a run of the real Slideflow made of it with the same network. */
const SLIDEFLOW = `import gzip, json, layerscope as ls, numpy as np
told = json.load(open("slideflow-maps.json"))
flat = np.frombuffer(gzip.open("slideflow-maps.bin.gz").read(), "<f4")
ends = np.cumsum([np.prod(each["shape"], dtype=int) for each in told["arrays"]])
slideflow = {
    each["name"]: part.reshape(each["shape"])
    for each, part in zip(told["arrays"], np.split(flat, ends[:-1]))
}
image = slideflow["image_u8"].astype("u1")
def farthest(found, name):
    return float(np.abs(found - slideflow[name]).max())`;

const METHODS = `METHODS = ["vanilla", "integrated_gradients", "guided_integrated_gradients", "blur_integrated_gradients"]
smap = ls.SaliencyMap(ls.Model("tinynet.onnx", standardize="torch"), told["classIdx"])
maps = {name: await getattr(smap, name)(image) for name in METHODS}
cam = await smap.gradcam(image, "relu3")
regions = await smap.xrai_fast(image, steps=10)
path = await smap.integrated_gradients(image, 50, method="gausslegendre", raw=True)
prepared = (image / 127.5 - 1).astype("f4")
both = await smap.vanilla([prepared, prepared / 10], raw=True)
sizes = [np.abs(one.raw).sum(axis=0) for one in both]
least, most = min(size.min() for size in sizes), max(np.percentile(size, 99) for size in sizes)
drawn = [np.clip((size - least) / (most - least), 0, 1) for size in sizes]`;

/** Workers that are begun for one class serve another. */
const SHARED = `other = ls.SaliencyMap(smap.model, 0)
alike = [
    np.array_equal(await each.integrated_gradients(image, workers=2), await each.integrated_gradients(image, workers=1))
    for each in (smap, other)
]`;

/** The handed-out file, with its weights in it, is a model like any other: the page runs it. */
const GRAPH = `graph = await smap.model.gradient_graph(target=told["classIdx"])
graph.save("gradient.onnx")
gradient = (await ls.Features("gradient.onnx", "gradient")(prepared.transpose(2, 0, 1)[None])).numpy()
gradient = gradient.reshape(3, 64, 64).transpose(1, 2, 0)`;

const REFUSED = `async def refusal(question):
    try:
        return await question()
    except (ls.InputError, ls.PageError) as error:
        return str(error)
refused = [
    await refusal(lambda: ls.SaliencyMap(smap.model, 7).vanilla(image)),
    await refusal(lambda: smap.gradcam(image, "relu9")),
    await refusal(lambda: smap.vanilla(prepared[:32])),
    await refusal(lambda: smap.model.gradient_graph(at="relu9")),
]`;

describe("saliency maps in JupyterLab", () => {
  const lab = useLab();

  it("are Slideflow's, awaited; the gradient is a file that runs by itself; what can't be is refused in a sentence", async () => {
    const { server } = lab;
    for (const name of ["slideflow-maps.json", "slideflow-maps.bin.gz"])
      await server.add(`tests/reference/saliency/${name}`);
    for (const [name, content] of Object.entries(withDataBeside("tinynet.onnx")))
      await writeFile(join(server.folder, name), content);
    const notebook = await lab.open([SLIDEFLOW, METHODS, SHARED, GRAPH, REFUSED]);
    await notebook.runAll();
    const far = (numbers: string) => notebook.ask(`print(max(${numbers}) < 1e-4)`);
    await notebook.askUntil("print('refused' in globals())", (answer) => answer === "True", 120);
    expect(await far('farthest(maps[name], f"map_{name}") for name in METHODS')).toBe("True");
    expect(await notebook.ask('print(farthest(cam, "map_gradcam_relu3") < 1e-5, cam.shape)')).toBe("True (64, 64)");
    expect(await notebook.ask("print(regions.shape, regions.min() >= 0, regions.max() == 1)")).toBe(
      "(64, 64) True True",
    );
    expect(
      await notebook.ask("print(path.raw.shape, abs(path.completeness.error / path.completeness.difference) < 1e-3)"),
    ).toBe("(3, 64, 64) True");
    expect(await notebook.ask("print(max(np.abs(one.map - map).max() for one, map in zip(both, drawn)) < 1e-5)")).toBe(
      "True",
    );
    expect(await notebook.ask("print(graph.output_names, graph.inputs[0].shape, len(graph.bytes) > 20_000)")).toBe(
      "['logits', 'gradient'] (1, 3, 64, 64) True",
    );
    expect(
      await notebook.ask(
        'raw = slideflow["raw_vanilla"]; print(np.linalg.norm(gradient - raw) / np.linalg.norm(raw) < 1e-5)',
      ),
    ).toBe("True");
    expect(await notebook.ask("print(alike)")).toBe("[True, True]");
    const refused: string[] = JSON.parse(await notebook.ask("print(json.dumps(refused))"));
    expect(refused).toEqual([
      "There is no class 7: tinynet.onnx has 3 classes. Take 0 to 2.",
      expect.stringMatching(/^The model has no layer "relu9"\. Did you mean /),
      expect.stringMatching(/^The prepared pictures are of \(32, 64, 3\); the model takes \(3, 64, 64\)\. /),
      expect.stringMatching(/^The model has no layer "relu9"\. /),
    ]);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});
