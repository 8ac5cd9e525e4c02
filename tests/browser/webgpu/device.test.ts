import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";

const entry = fileURLToPath(new URL("device-page.ts", import.meta.url));

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, entry);
});
afterEach(() => opened.close());

describe("the GPU of a page", () => {
  it("is not taken where it is emulated, unless that is asked for", async () => {
    expect(await opened.page.evaluate(() => window.deviceTests.missing(false))).toBe(
      "CPU: this browser's WebGPU is emulated in software.",
    );
    expect(await opened.page.evaluate(() => window.deviceTests.missing(true))).toBe("");
  });

  it("is one device, however often it is asked for", async () => {
    expect(await opened.page.evaluate(() => window.deviceTests.sameDeviceTwice())).toBe(true);
  });

  it("is missing, in a sentence, where the browser has none, has no adapter, or the adapter has no device", async () => {
    const missing = (replacement: string) =>
      opened.page.evaluate((source) => {
        Object.defineProperty(navigator, "gpu", { value: new Function(`return ${source}`)(), configurable: true });
        return window.deviceTests.missing(true);
      }, replacement);
    expect(await missing("undefined")).toBe("CPU: this browser has no WebGPU.");
    expect(await missing("({ requestAdapter: async () => null })")).toBe("CPU: no graphics adapter was found.");
    const refusing = "({ requestAdapter: async () => ({ requestDevice: async () => { throw new Error('Busy.'); } }) })";
    expect(await missing(refusing)).toBe("CPU: the graphics adapter could not be opened (Busy).");
  });

  it("is missing on a page without a secure context, and the sentence says what would help", async () => {
    await opened.page.evaluate(() => Object.defineProperty(globalThis, "isSecureContext", { value: false }));
    expect(await opened.page.evaluate(() => window.deviceTests.missing(true))).toBe(
      "CPU: WebGPU needs https or localhost.",
    );
  });

  it("does every thing of a sliced work once, in growing slices", async () => {
    const { result, told } = await opened.page.evaluate(() => window.deviceTests.addInSlices(3000));
    expect(result).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
    expect(told.at(-1)).toBe(3000);
    expect(told.length).toBeLessThan(100);
    expect(told).toEqual([...told].sort((a, b) => a - b));
  });

  it("hears a cancel between two slices", async () => {
    const { error, slices } = await opened.page.evaluate(() => window.deviceTests.cancelled());
    expect(error).toBe("cancelled: Stopped.");
    expect(slices).toBeLessThan(6);
  });

  it.each(["read", "finish"] as const)(
    "that is lost during %s says so, and the next one is another",
    async (during) => {
      expect(await opened.page.evaluate((when) => window.deviceTests.lost(when), during)).toEqual({
        error: "lost: The GPU was lost.",
        isUsable: false,
        isAnother: true,
      });
    },
  );

  it("tells what it refused, from the call that waits for it", async () => {
    expect(await opened.page.evaluate(() => window.deviceTests.wrongShader())).toBe(
      "internal: The GPU refused its work.",
    );
    expect(await opened.page.evaluate(() => window.deviceTests.tooLarge())).toMatch(/^(memory|internal): The GPU /);
  });
});
