import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { clickTile, expectExplored, expectLassoFollowed, expectOfPicture, exploredIn } from "../support/explored.ts";
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
});
