// Gradients of whole networks on WebGPU, which software emulates, against WebAssembly.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { compareGradients } from "./compare-gradients.ts";
import { openGradientPage } from "./gradient-page/open-gradient-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it.each(["resnet18-96", "mobilenetv2-96", "squeezenet-96"])(
  "the gradient of %s is the same on WebGPU and on WebAssembly",
  async (name) => {
    const [gpu, cpu] = await Promise.all(
      (["webgpu", "cpu"] as const).map(async (processor) => {
        const page = await openGradientPage(browser, name, { processor });
        const answer = await page.gradient();
        await page.close();
        return answer;
      }),
    );
    expect([gpu?.processor, cpu?.processor]).toEqual(["WebGPU", "CPU"]);
    const { relative, cosine } = compareGradients(gpu?.gradient ?? [], cpu?.gradient ?? []);
    console.log(`${name}: ${relative.toExponential(1)}, cosine ${cosine.toFixed(6)}`);
    expect(cosine).toBeGreaterThanOrEqual(0.999);
  },
);
