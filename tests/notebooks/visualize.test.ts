import { describe, expect, it } from "vitest";
import { expectInk } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

describe("what excites a channel most, in JupyterLab", () => {
  const lab = useLab();

  it("comes to Python as a picture, and excites the channel as one: more than a photo and than noise", async () => {
    for (const name of ["lab-network.h5", "cat.png"]) await lab.server.add(`notebooks/labs/lab-network/${name}`);
    const notebook = await lab.open([
      `import layerscope as ls, numpy as np
model = ls.Model("lab-network.h5", scale=1 / 255)
grid = ls.FeatureMapGrid(model, "cat.png")
grid`,
      `maps = await grid.maps(-1)
channel = int(maps.mean(axis=(1, 2)).argmax())
picture = await grid.visualize(-1, channel, steps=40, seed=2)`,
      `noise = np.random.default_rng(0).integers(0, 256, picture.shape, dtype=np.uint8)
again = ls.FeatureMapGrid(model, [picture, noise])
again`,
      `excited = (await again.maps(-1))[channel].mean()
again.image = 1
noisy = (await again.maps(-1))[channel].mean()`,
    ]);
    await notebook.runAll();
    await expectInk(notebook.widget(), 0.01);
    await notebook.askUntil("print('noisy' in globals())", (answer) => answer === "True", 120);
    expect(await notebook.ask("print(picture.shape, picture.dtype)")).toBe("(150, 150, 3) uint8");
    const [excited, photo, noisy] = [
      Number(await notebook.ask("print(excited)")),
      Number(await notebook.ask("print(maps[channel].mean())")),
      Number(await notebook.ask("print(noisy)")),
    ];
    expect(excited).toBeGreaterThan(2 * photo);
    expect(excited).toBeGreaterThan(2 * noisy);
    expect(notebook.outside).toEqual([]);
    expect(notebook.errors).toEqual([]);
  });
});
