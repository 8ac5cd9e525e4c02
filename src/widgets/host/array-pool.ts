import type { Job } from "../../compute/job.ts";
import { pageGlobal } from "./page-global.ts";
import { type ByteRoute, Transfer } from "./transfer.ts";

interface Entry {
  readonly transfer: Transfer;
  readonly holders: Set<AbortSignal>;
}

const pool = () => pageGlobal("arrays", () => new Map<string, Entry>());

/**
 * The bytes of that content key: brought to the page once, however many widgets show them, and kept until the last
 * of the widgets that read them has ended (`lifetime` aborts). Shared: nobody may write to them.
 */
export function readPooled(
  key: string,
  total: number,
  route: ByteRoute,
  lifetime: AbortSignal,
  job: Job,
): Promise<Uint8Array<ArrayBuffer>> {
  const entries = pool();
  let entry = entries.get(key);
  if (!entry || entry.transfer.broken) {
    entry = { transfer: new Transfer(key, total), holders: entry?.holders ?? new Set() };
    entries.set(key, entry);
  }
  hold(key, entry, lifetime);
  return entry.transfer.join(route, job);
}

function hold(key: string, { holders }: Entry, lifetime: AbortSignal): void {
  if (holders.has(lifetime) || lifetime.aborted) return;
  holders.add(lifetime);
  lifetime.addEventListener(
    "abort",
    () => {
      holders.delete(lifetime);
      if (!holders.size) pool().delete(key);
    },
    { once: true },
  );
}
