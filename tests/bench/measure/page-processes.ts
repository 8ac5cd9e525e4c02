import type { Browser } from "playwright-core";

export interface PageProcess {
  readonly pid: number;
  /** CPU seconds of all its threads since it began, those that have ended included; a tick is 0.01 s. */
  readonly cpuSeconds: number;
}

/** The processes that work for pages: every renderer (a page's workers are its threads) and the GPU process. */
export async function pageProcesses(browser: Browser): Promise<readonly PageProcess[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo
    .filter(({ type }) => type === "renderer" || type === "GPU")
    .map(({ id, cpuTime }) => ({ pid: id, cpuSeconds: cpuTime }));
}

/** CPU seconds of the page's processes so far; a difference of two says what lay between. */
export async function pageCpuSeconds(browser: Browser): Promise<number> {
  return (await pageProcesses(browser)).reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}
