import { readFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { pageProcesses } from "./page-processes.ts";

const EVERY_MS = 10;
/** A page is at rest when its memory has changed by less than this for a second: a new browser is long in starting. */
const STILL_MEGABYTES = 0.5;

/**
 * Megabytes (10^6 bytes) in memory that these processes have filled, alone or shared among them. The browser's own
 * program is left out: how much of that file a process has seen depends on whatever else the machine does.
 */
async function filledMegabytes(pids: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    pids.map(async (pid) => {
      // A browser ends processes that it no longer needs.
      const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
      const kilobytes = [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].map(([, size]) => Number(size));
      return (kilobytes.reduce((sum, size) => sum + size, 0) * 1024) / 1e6;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What they have filled once that stands still. */
async function restingMegabytes(pids: readonly number[]): Promise<number> {
  let seen = await filledMegabytes(pids);
  let since = performance.now();
  while (performance.now() - since < 1000) {
    await wait(EVERY_MS);
    const now = await filledMegabytes(pids);
    if (Math.abs(now - seen) < STILL_MEGABYTES) continue;
    seen = now;
    since = performance.now();
  }
  return seen;
}

export interface MemoryWatch {
  /** Megabytes at rest before, and the most at one moment since. Ends the watch. */
  stop(): Promise<{ readonly before: number; readonly peak: number }>;
}

/** Wait for the browser's pages to be at rest, then look at their memory every 10 ms; Linux alone. */
export async function watchPageMemory(browser: Browser): Promise<MemoryWatch> {
  return watchMemory((await pageProcesses(browser)).map(({ pid }) => pid));
}

/** The same of any processes. */
export async function watchMemory(pids: readonly number[]): Promise<MemoryWatch> {
  const before = await restingMegabytes(pids);
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
