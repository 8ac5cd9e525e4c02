import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { pageProcesses } from "./page-processes.ts";

const EVERY_MS = 20;

/**
 * Megabytes (10^6 bytes) that the page's processes hold: what is theirs alone, and their part of what they share
 * (Linux' PSS).
 */
export async function pageMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
      return (Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) * 1024) / 1e6;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export interface MemoryWatch {
  /** The most megabytes held at one moment since the watch began. Ends it. */
  stop(): Promise<{ readonly before: number; readonly peak: number }>;
}

/** Look at the memory of the browser's pages every 20 ms. */
export async function watchPageMemory(browser: Browser): Promise<MemoryWatch> {
  const pids = (await pageProcesses(browser)).map(({ pid }) => pid);
  const before = await pageMegabytes(pids);
  const ended = new AbortController();
  const watched = (async () => {
    let peak = before;
    while (!ended.signal.aborted) {
      peak = Math.max(peak, await pageMegabytes(pids));
      await wait(EVERY_MS, undefined, { signal: ended.signal }).catch(() => undefined);
    }
    return peak;
  })();
  return {
    async stop() {
      ended.abort();
      return { before, peak: await watched };
    },
  };
}
