import { describe, expect, it } from "vitest";
import { expectInk } from "../support/scatter-actions.ts";
import { DIGITS, useLab } from "../support/use-lab.ts";

const CELL = DIGITS.replace("labels=digits.target", "labels=digits.target, images=digits.images, n_epochs=20");
/** Runs before the count begins: code, fonts and caches are paid for once. */
const WARM_UP = 5;
const RUNS = 50;

describe("a cell run again and again", () => {
  const lab = useLab();

  it(`leaves no worker behind and at most 0.2 MB of heap a run, ${RUNS} times`, async () => {
    const notebook = await lab.open([CELL]);
    const { page } = notebook;
    const devtools = await page.context().newCDPSession(page);
    const heap = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      return usedSize;
    };
    const runs = async (count: number) => {
      for (let run = 0; run < count; run++) await notebook.run(0);
      await expectInk(notebook.widget());
    };
    await runs(WARM_UP);
    const before = await heap();
    const workers = page.workers().length;
    await runs(RUNS);
    const after = await heap();
    expect((after - before) / RUNS / 1e6).toBeLessThan(0.2);
    expect(page.workers().length).toBe(workers);
    expect(workers).toBe(1);
    expect(await notebook.widget(1).count()).toBe(0);
    expect(notebook.errors).toEqual([]);
  });
});
