import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { type Architecture, architectureFile } from "../data/architectures.ts";
import type { Seconds } from "../measure/interleave.ts";
import { pageCpuSeconds } from "../measure/page-processes.ts";
import type { ModelContender, ModelTask } from "./model-page.ts";

const WARM_UPS = 3;

export interface OpenModelPage {
  /** Run the pictures once more; each contender has run before it is measured. */
  run(task: ModelTask): Promise<Seconds>;
  close(): Promise<void>;
}

/** Open a page, in processes of its own, with one model loaded and warm. */
export async function openModelPage(
  browser: Browser,
  architecture: Architecture,
  who: ModelContender,
  warmUp: ModelTask,
): Promise<OpenModelPage> {
  const { page, errors, close } = await openBrowserPage(browser, resolve("tests/bench/model-page/model-page.ts"));
  await serveEngine(page);
  const model = await architectureFile(architecture);
  await page.route("http://localhost/model.onnx", (route) => route.fulfill({ body: model }));
  await page.evaluate(([name, pictures]) => window.modelBench.load(name, pictures), [who, warmUp.pictures] as const);
  const prepare = (task: ModelTask) =>
    page.evaluate(([name, all]) => window.modelBench.prepare(name, all), [who, task] as const);
  // The browser compiles what is hot once more, beside the first runs.
  for (let run = 0; run < WARM_UPS; run++) {
    await prepare(warmUp);
    await page.evaluate(([name, task]) => window.modelBench.run(name, task), [who, warmUp] as const);
  }
  return {
    async run(task) {
      await prepare(task);
      const before = await pageCpuSeconds(browser);
      const { wall } = await page.evaluate(([name, all]) => window.modelBench.run(name, all), [who, task] as const);
      const cpu_s = (await pageCpuSeconds(browser)) - before;
      if (errors.length > 0) throw new Error(errors.join("\n"));
      return { cpu_s, wall_s: wall };
    },
    close,
  };
}
