import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { resolve } from "node:path";

/** One contender's median figures; a row named "limit" holds what a figure must not exceed. */
export interface BenchRow {
  readonly who: string;
  readonly version: string;
  readonly wall_s?: number;
  readonly cpu_s?: number;
  readonly [figure: string]: number | string | undefined;
}

export interface BenchResult {
  readonly name: string;
  /** Chromium's version, or "Node 20.20.2" where no browser is meant. */
  readonly browser: string;
  /** Measured runs of each contender; the rows are their medians. */
  readonly runs: number;
  readonly rows: readonly BenchRow[];
  /** The peer's figure divided by ours: above 1 we are better. */
  readonly ratios: Readonly<Record<string, number>>;
}

/** Print a benchmark's table and write `tests/bench/results/<name>.json`. */
export async function writeResult({ name, browser, runs, rows, ratios }: BenchResult): Promise<void> {
  const folder = resolve(process.cwd(), "tests/bench/results");
  const processor = `${cpus()[0]?.model.trim() ?? "unknown"}, ${cpus().length} cores`;
  const result = {
    name,
    date: new Date().toISOString().slice(0, 10),
    processor,
    browser,
    runs,
    rows: rows.map((row) => rounded(row)),
    ratios: rounded(ratios),
  };
  console.table(result.rows);
  console.table(result.ratios);
  await mkdir(folder, { recursive: true });
  await writeFile(resolve(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
}

/** The middle of the measured values; half way between the two in the middle of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  return sorted.length % 2 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? upper)) / 2;
}

/** Seconds and megabytes to three digits; shares and ratios to four, for floors such as 0.999 are among them. */
function rounded<Value>(figures: Readonly<Record<string, Value>>): Record<string, Value | number> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      typeof value === "number" ? Number(value.toPrecision(/_(s|mb)$/.test(name) ? 3 : 4)) : value,
    ]),
  );
}
