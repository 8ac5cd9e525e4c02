import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import type { Seconds } from "../../bench/measure/interleave.ts";
import { pageCpuSeconds } from "../../bench/measure/page-processes.ts";
import { serveFiles } from "../../bench/measure/serve-files.ts";
import { bundle, openBrowserPage } from "../../support/browser-page.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { networkFacts, networksFolder } from "../networks.ts";
import type { NetworkTask } from "./gradient-worker.ts";

export interface OpenGradientPage {
  /** Seconds of a run, the mean of `times`. */
  seconds(times: number): Promise<Seconds>;
  /** The gradient, and what computed it. */
  gradient(): Promise<{ readonly processor: string; readonly gradient: readonly number[] }>;
  close(): Promise<void>;
}

const fileOf = (name: string) => resolve(`tests/models/gradient-page/${name}.ts`);

/** Open a page, in processes of its own, with one network loaded: its forward graph, or its gradient. */
export async function openGradientPage(
  browser: Browser,
  name: string,
  task: Partial<NetworkTask> = {},
): Promise<OpenGradientPage> {
  const facts = await networkFacts(name);
  const { page, errors, close } = await openBrowserPage(browser, fileOf("gradient-page"));
  await serveEngine(page);
  const picture = `${name}.picture.bin`;
  const served = await serveFiles(page, networksFolder, [...facts.files, picture], "");
  const { [picture]: numbers, ...files } = served;
  if (!numbers) throw new Error(`${picture} is not served`);
  const asked: NetworkTask = { unit: facts.unit, at: "input", processor: "cpu", ...task };
  await page.evaluate(([script, all, given, work]) => window.gradientPage.load(script, all, given, work), [
    await bundle(fileOf("gradient-worker")),
    files,
    numbers,
    asked,
  ] as const);
  const throwErrors = () => {
    if (errors.length > 0) throw new Error(errors.join("\n"));
  };
  return {
    async seconds(times) {
      const before = await pageCpuSeconds(browser);
      const wall = await page.evaluate(async (count) => (await window.gradientPage.run(count)).wall, times);
      const cpu = (await pageCpuSeconds(browser)) - before;
      throwErrors();
      return { cpu_s: cpu / times, wall_s: wall / times };
    },
    async gradient() {
      const answer = await page.evaluate(async () => {
        const { processor, gradient } = await window.gradientPage.run(1);
        return { processor, gradient: [...gradient] };
      });
      throwErrors();
      return answer;
    },
    close,
  };
}
