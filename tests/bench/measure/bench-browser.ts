import type { Browser } from "playwright-core";
import { chromiumPath, launchChromium } from "../../support/chromium.ts";
import { onOneCore } from "./one-core.ts";

/** A Chromium whose processes share one core. */
export function launchOneCoreChromium(): Promise<Browser> {
  const { file, env } = onOneCore(chromiumPath());
  return launchChromium({ executablePath: file, env });
}

/** What a result file says of the browser. */
export function describeBrowser(browser: Browser, cores: string): string {
  return `Chromium ${browser.version()}, headless, ${cores}`;
}
