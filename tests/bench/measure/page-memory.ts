import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { pageProcesses } from "./page-processes.ts";

const EVERY_MS = 10;

/**
 * Megabytes (10^6 bytes) in memory that these processes have filled, alone or shared among them. The browser's own
 * program is left out: how much of that file a process has seen depends on whatever else the machine does.
 */
async function filledMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, size]) => Number(size));
      return (kilobytes.reduce((sum, size) => sum + size, 0) * 1024) / 1e6;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export interface MemoryWatch {
  /** Megabytes when the watch began, and the most at one moment since. Ends it. */
  stop(): Promise<{ readonly before: number; readonly peak: number }>;
}

/** Look at the memory of the browser's pages every 10 ms; Linux alone. */
export async function watchPageMemory(browser: Browser): Promise<MemoryWatch> {
  const pids = (await pageProcesses(browser)).map(({ pid }) => pid);
  const before = await filledMegabytes(pids);
  const ended = new AbortController();
  const watched = (async () => {
    let peak = before;
    while (!ended.signal.aborted) {
      peak = Math.max(peak, await filledMegabytes(pids));
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
