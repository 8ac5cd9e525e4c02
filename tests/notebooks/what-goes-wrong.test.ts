import { describe, expect, it } from "vitest";
import type { NotebookPage } from "../support/notebook-page.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF, statusOf } from "../support/scatter-actions.ts";
import { DIGITS, useLab } from "../support/use-lab.ts";

const STOPPED = /^Python has stopped; the picture still works\. Run the cell to use it from Python\./;

describe("what goes wrong, in JupyterLab", () => {
  const lab = useLab();
  const open = (...cells: readonly string[]) => lab.open(cells, { viewport: { width: 1280, height: 2000 } });

  /** End the notebook's kernel as the system does when memory runs out, and put Lab's question about it away. */
  async function killKernel(kernel: number, { page }: NotebookPage) {
    process.kill(kernel, "SIGKILL");
    await page.getByRole("dialog").getByRole("button", { name: "Ok" }).click();
  }

  const kernelOf = async ({ ask }: NotebookPage) => Number(await ask("import os; print(os.getpid())"));

  it("a kernel that dies afterwards leaves the picture, which goes on working", async () => {
    const page = await open(DIGITS);
    await page.runAll();
    const map = page.widget();
    await expectInk(map);
    await killKernel(await kernelOf(page), page);
    await expectStatus(map, STOPPED);
    await expectInk(map);
    await drawLasso(map, LEFT_HALF);
    await expectStatus(map, /^[\d,]+ of 1,797 selected/);
  });

  it("a kernel that dies while its data travels is named, and the picture beside it stays", async () => {
    const page = await open(
      DIGITS,
      `import numpy as np
big = ls.UmapScatter(np.random.default_rng(1).random((100_000, 1024), dtype="f4"))
big`,
    );
    await page.run(0);
    await expectInk(page.widget());
    const kernel = await kernelOf(page);
    await page.run(1);
    await expectStatus(page.widget(1), /Sending/);
    await killKernel(kernel, page);
    await page
      .widget(1)
      .locator(".ls-card")
      .getByText("Python has stopped, and with it the data that are not here yet.")
      .waitFor({ timeout: 20_000 });
    await expectStatus(page.widget(0), STOPPED);
    await expectInk(page.widget(0));
  });

  it("a page that is loaded again shows the map again, in step with Python", async () => {
    const page = await open(DIGITS);
    await page.runAll();
    await expectInk(page.widget());
    await page.save();
    await page.reload();
    await expectInk(page.widget());
    await drawLasso(page.widget(), LEFT_HALF);
    const sentence = await expectStatus(page.widget(), /^[\d,]+ of 1,797 selected/);
    const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
    await page.askUntil("print(len(scatter.selected))", (answer) => answer === String(count));
  });

  it("a run cancelled half way keeps the layout so far, and goes on from there", async () => {
    const page = await open(
      DIGITS.replace("labels=digits.target)", "labels=digits.target, n_epochs=50_000)").replace("await ", ""),
    );
    await page.runAll();
    const map = page.widget();
    await expectStatus(map, /[\d,]+ of 50,000 rounds/);
    await map.getByRole("button", { name: "Cancel" }).click();
    const first = await expectStatus(map, /Stopped at round [\d,]+ of 50,?000; this is the layout so far\./);
    await expectInk(map);
    await map.getByRole("button", { name: "Continue" }).click();
    await expect.poll(async () => roundOf(await statusOf(map)), { timeout: 30_000 }).toBeGreaterThan(roundOf(first));
    await map.getByRole("button", { name: "Cancel" }).click();
    const second = await expectStatus(map, /Stopped at round [\d,]+ of 50,?000/);
    expect(roundOf(second)).toBeGreaterThan(roundOf(first));
  });

  it("data too large for the page are refused with what they need, and the picture beside them stays", async () => {
    const page = await open(
      DIGITS,
      `import numpy as np
ls.UmapScatter(np.random.default_rng(1).random((1_500_000, 2), dtype="f4"), n_neighbors=100)`,
    );
    await page.runAll();
    await page
      .widget(1)
      .locator(".ls-card")
      .getByText(/Needs [\d.]+ GB, this page has about [\d.]+ GB\./)
      .waitFor({ timeout: 60_000 });
    await expectInk(page.widget(0));
  });

  it("markup in labels, names and the title is text", async () => {
    const markup = `<img src=x onerror="window.hacked = true"><b>bold</b>`;
    const page = await open(
      `import layerscope as ls, numpy as np
markup = ${JSON.stringify(markup)}
ls.UmapScatter(coords=np.random.default_rng(1).random((50, 2)), labels=[markup, "plain"] * 25, names=[markup] * 50, title=markup)`,
    );
    await page.runAll();
    await expectInk(page.widget(), 0.001);
    await page.widget().getByText(markup).first().waitFor();
    await page.widget().locator(".ls-legend-row").first().hover();
    expect(await page.widget().locator("img, b").count()).toBe(0);
    expect(await page.page.evaluate(() => "hacked" in window)).toBe(false);
  });
});

function roundOf(sentence: string): number {
  return Number(/([\d,]+) of [\d,]+/.exec(sentence)?.[1]?.replaceAll(",", ""));
}
