// The page that `anova-100k` runs in: units that lie in its worker, and how long it takes to test them all.
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { statisticsDefaults } from "../../../src/compute/statistics/statistics-options.ts";
import { fetchServed, type ServedFile } from "../data/fetch-served.ts";

const KEY = "units";

export interface LoadTask {
  readonly files: Readonly<Record<"values" | "groups", ServedFile>>;
  readonly units: number;
  readonly groupCount: number;
}

const page = {
  async load({ files, units, groupCount }: LoadTask): Promise<void> {
    const data = new Float32Array((await fetchServed(files.values)).buffer);
    const codes = new Int32Array((await fetchServed(files.groups)).buffer);
    const rows = {
      values: { data, rows: codes.length, columns: units },
      groups: { codes, count: groupCount },
      slides: null,
    };
    await pageClient().call("keepUnits", { key: KEY, rows }, { transfer: [data.buffer] });
  },
  async rank(): Promise<{ readonly wall_s: number; readonly f: readonly number[] }> {
    const begun = performance.now();
    const { tile } = await pageClient().call("rankUnits", { key: KEY, options: statisticsDefaults, mask: null });
    return { wall_s: (performance.now() - begun) / 1000, f: [...tile.statistic] };
  },
};

declare global {
  var anovaBench: typeof page;
}
globalThis.anovaBench = page;
