// Asks the page's worker about units for kept-units.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";
import type { StatisticsOptions } from "../../../src/compute/statistics/statistics-options.ts";

export interface AskedOfUnits {
  readonly data: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly groups: readonly number[];
  readonly groupCount: number;
  readonly slides: readonly number[];
  readonly slideCount: number;
  readonly options: StatisticsOptions;
  readonly mask: readonly number[];
}

export interface AnswersOfUnits {
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  readonly slideValues: readonly number[];
  readonly column: readonly number[];
  readonly afterwards: string;
  readonly cancelled: string;
  readonly stages: readonly string[];
}

const plain = (table: UnitTable | null): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(table ?? {}).map(([name, value]) => [
      name,
      ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value,
    ]),
  );

async function askUnits(asked: AskedOfUnits): Promise<AnswersOfUnits> {
  const { data, rows, columns, groups, groupCount, slides, slideCount, options } = asked;
  const client = pageClient();
  const key = "units";
  const stages = new Set<string>();
  await client.call("keepUnits", {
    key,
    rows: {
      values: { data: Float32Array.from(data), rows, columns },
      groups: { codes: Int32Array.from(groups), count: groupCount },
      slides: { codes: Int32Array.from(slides), count: slideCount },
    },
  });
  const all = await client.call("rankUnits", { key, options, mask: null });
  const part = await client.call("rankUnits", { key, options, mask: Uint8Array.from(asked.mask) });
  const { values } = await client.call("slideValues", { key, method: options.method, threshold: options.threshold });
  const column = await client.call("unitColumn", { key, unit: 1 });
  const controller = new AbortController();
  const cancelled = await client
    .call(
      "rankUnits",
      { key, options: { ...options, permutations: 1_000_000 }, mask: null },
      {
        signal: controller.signal,
        onProgress: ({ stage }) => {
          stages.add(stage);
          controller.abort();
        },
      },
    )
    .then(String, (thrown) => ComputeError.from(thrown).kind);
  await client.call("forgetUnits", { key });
  const afterwards = await client.call("unitColumn", { key, unit: 1 }).then(String, (thrown) => {
    const { kind, message } = ComputeError.from(thrown);
    return `${kind}: ${message}`;
  });
  return {
    tables: [all.tile, all.slide, part.tile, part.slide].map(plain),
    slideValues: [...values],
    column: [...column],
    cancelled,
    afterwards,
    stages: [...stages],
  };
}

declare global {
  interface Window {
    askUnits: typeof askUnits;
  }
}
window.askUnits = askUnits;
