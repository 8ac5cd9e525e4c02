import { describe, expect, it } from "vitest";
import { startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { expectInk } from "../support/scatter-actions.ts";
import { DIGITS, useLab } from "../support/use-lab.ts";

describe("a saved notebook", () => {
  const lab = useLab();

  it("that nbclient executed shows its picture when it is opened, without computing", async () => {
    const { browser, server } = lab;
    await server.write("saved.ipynb", [
      `import layerscope as ls, numpy as np
classes = np.arange(600) % 3
xy = np.random.default_rng(1).normal(size=(600, 2)) + classes[:, None] * 5
ls.UmapScatter(coords=xy, labels=classes)`,
    ]);
    await server.run("jupyter", "execute", "--inplace", "saved.ipynb");
    // Jupyter shows a notebook that somebody else ran as text only, until its reader trusts it.
    await server.run("jupyter", "trust", "saved.ipynb");
    const notebook = await openNotebook(browser, server, "saved.ipynb");
    await expectInk(notebook.widget(), 0.01);
    expect(notebook.outside).toEqual([]);
    await notebook.close();
  });

  it("that Lab saved with its widgets shows its map again, from the coordinates that it kept", async () => {
    const saving = await startJupyter("lab", {
      settings: { "@jupyter-widgets/jupyterlab-manager:plugin": { saveState: true } },
    });
    try {
      await saving.write("kept.ipynb", [DIGITS]);
      const first = await openNotebook(lab.browser, saving, "kept.ipynb");
      await first.runAll();
      await expectInk(first.widget());
      await first.save();
      await first.close();
      await saving.run("jupyter", "trust", "kept.ipynb");
      await saving.endSessions();
      const again = await openNotebook(lab.browser, saving, "kept.ipynb");
      await expectInk(again.widget());
      expect(await again.ask("print('scatter' in globals())")).toBe("False");
      await again.close();
    } finally {
      await saving.stop();
    }
  });
});
