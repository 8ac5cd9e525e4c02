import { it } from "vitest";
import type { NotebookPage } from "../support/notebook-page.ts";
import { expectInk, expectStatus } from "../support/scatter-actions.ts";
import { useLab } from "../support/use-lab.ts";

const lab = useLab();

/** Two maps of the same 600 rows: in three classes by turns, and in two. */
const TWO = `import numpy as np, layerscope as ls
coords = np.random.default_rng(0).normal(size=(600, 2))
a = ls.UmapScatter(coords=coords, labels=np.arange(600) % 3)
b = ls.UmapScatter(coords=coords, labels=np.arange(600) % 2)
ls.link(a, b, how="intersect")
display(a, b)`;

const selectClass = (page: NotebookPage, place: number) =>
  page.widget(place).locator(".ls-legend-row").first().click({ timeout: 20_000 });

it("linked maps in JupyterLab show what both have selected, Python sees the same rows, and they go on without it", async () => {
  const page = await lab.open([TWO], { viewport: { width: 1280, height: 2000 } });
  await page.runAll();
  for (const place of [0, 1]) await expectInk(page.widget(place), 0.005);
  await selectClass(page, 0);
  await selectClass(page, 1);
  await expectStatus(page.widget(0), /^100 of 600 selected, 200 here/);
  await expectStatus(page.widget(1), /^100 of 600 selected, 300 here/);
  const rows = "print(a.selected.tolist() == b.selected.tolist(), len(a.selected))";
  await page.askUntil(rows, (answer) => answer === "True 100");

  await page.ask("a.selected = range(10)");
  await expectStatus(page.widget(1), /^5 of 600 selected, 300 here/);
  await page.widget(1).getByRole("combobox", { name: "Linked" }).selectOption("rows in any");
  await expectStatus(page.widget(0), /^305 of 600 selected, 10 here/);
  await page.askUntil(rows, (answer) => answer === "True 305");

  process.kill(Number(await page.ask("import os; print(os.getpid())")), "SIGKILL");
  await page.page.getByRole("dialog").getByRole("button", { name: "Ok" }).click();
  await selectClass(page, 0);
  await expectStatus(page.widget(1), /^400 of 600 selected, 300 here/);
});
