import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readOnnx } from "../../src/compute/model/onnx/read/read-onnx.ts";
import { writeOnnx } from "../../src/compute/model/onnx/write/write-onnx.ts";
import { shownUnits } from "../support/drawn-boxes.ts";
import { clickTile, expectExplored, expectLassoFollowed, expectOfPicture, exploredIn } from "../support/explored.ts";
import { expectInk } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

/** The tour's own network, and the crops that it had never seen. */
const NETWORK = `import json
from itertools import pairwise
from pathlib import Path
import numpy as np
import layerscope as ls
folder = Path("picture-network")
about = json.loads((folder / "crops.json").read_text())
packed = (folder / "crops.bin").read_bytes()
crops = [packed[start:end] for start, end in pairwise(about["offsets"])]
names = np.array(about["names"])
truth = names[about["labels"]]
model = ls.Model(folder / "network.onnx", mean=0, std=1, classes=names)`;

describe("explore in JupyterLab", () => {
  const lab = useLab();

  it("lays out five linked widgets in one cell, and in a page that works with the network cut", async () => {
    for (const file of ["crops.json", "crops.bin", "network.onnx"])
      await lab.server.add(`notebooks/data/picture-network/${file}`, `picture-network/${file}`);
    const cells = [NETWORK, `ex = ls.explore(model, crops, truth)\nex`, `page = ex.to_html("explore.html")`];
    const notebook = await lab.open(cells, { viewport: { width: 1600, height: 2400 } });
    await notebook.runAll();
    const root = notebook.page.locator(".ls-explore");
    expect(await root.locator("> header").textContent()).toBe("network.onnx1,000 pictures");
    const parts = exploredIn(root);
    await expectExplored(parts);
    const [map, mosaic] = await Promise.all([parts.map.boundingBox(), parts.mosaic.boundingBox()]);
    expect(mosaic?.y).toBe(map?.y);

    const count = await expectLassoFollowed(parts);
    await notebook.askUntil(
      "print(len(ex.selected), len(ex.units.selected))",
      (answer) => answer === `${count} ${count}`,
    );
    const picture = await clickTile(parts);
    await expectOfPicture(parts, picture);
    const looked = "print(ex.feature_maps.image, ex.saliency.image)";
    await notebook.askUntil(looked, (answer) => answer === `${picture - 1} ${picture - 1}`);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);

    const context = await lab.browser.newContext({ offline: true, viewport: { width: 1240, height: 2200 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const errors: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`file://${join(lab.server.folder, "explore.html")}`);
    const exported = exploredIn(page.locator(".ls-explore"));
    await expectExplored(exported);
    await expectLassoFollowed(exported);
    await expectOfPicture(exported, await clickTile(exported));
    expect(requests.filter((url) => /^(https?|wss?):/.test(url))).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  it("leaves four widgets working where the model has no gradient, and the fifth says why", async () => {
    for (const file of ["crops.json", "crops.bin"])
      await lab.server.add(`notebooks/data/picture-network/${file}`, `picture-network/${file}`);
    const content = new Uint8Array(await readFile("notebooks/data/picture-network/network.onnx"));
    await writeFile(join(lab.server.folder, "picture-network/network.onnx"), withFusedConvolution(content));
    const notebook = await lab.open([NETWORK, `ex = ls.explore(model, crops[::5], truth[::5])\nawait ex`], {
      viewport: { width: 1600, height: 2400 },
    });
    await notebook.runAll();
    const { map, mosaic, units, featureMaps, saliency } = exploredIn(notebook.page.locator(".ls-explore"));
    await expectInk(map);
    await expectInk(mosaic, 0.02);
    await expect.poll(() => shownUnits(units)).toHaveLength(6);
    await expect.poll(() => featureMaps.locator(".ls-subtitle").textContent()).toMatch(/^picture 1, /);
    await saliency
      .getByText(/network\.onnx can't be differentiated: no gradient is known of FusedConv/)
      .first()
      .waitFor();
    expect(await notebook.ask("print(ex)")).toContain("saliency failed: network.onnx can't be differentiated");
    expect(notebook.errors).toEqual([]);
  });
});

/** The same network with a convolution joined with what comes after it, as ONNX Runtime writes optimised files. */
function withFusedConvolution(content: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const model = readOnnx(content, "network.onnx");
  const first = model.graph.nodes.findIndex(({ opType }) => opType === "Conv");
  const nodes = model.graph.nodes.map((node, at) =>
    at === first ? { ...node, opType: "FusedConv", domain: "com.microsoft" } : node,
  );
  const opsets = new Map([...model.opsets, ["com.microsoft", 1]] as const);
  return writeOnnx({ ...model, opsets, graph: { ...model.graph, nodes } });
}
