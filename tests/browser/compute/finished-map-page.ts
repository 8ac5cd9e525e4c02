// Asks the page's worker about a finished map for finished-map.test.ts: everything goes in and out as JSON.
import type { Matrix } from "../../../src/compute/matrix.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { type UmapOptions, umapDefaults } from "../../../src/compute/umap/options.ts";
import { qualityDefaults } from "../../../src/compute/umap/quality/measure-quality.ts";

export interface AskedOfMap {
  readonly rows: readonly (readonly number[])[];
  readonly others: readonly (readonly number[])[];
  readonly options: Partial<UmapOptions>;
}

export interface AnswersOfMap {
  readonly positions: readonly number[];
  readonly placed: readonly number[];
  readonly updated: readonly number[];
  readonly trustworthiness: number;
  readonly recall: number;
  readonly afterwards: string;
}

const matrixOf = (rows: readonly (readonly number[])[]): Matrix => ({
  data: Float32Array.from(rows.flat()),
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
});

async function askMap({ rows, others, options: chosen }: AskedOfMap): Promise<AnswersOfMap> {
  const client = pageClient();
  const options = { ...umapDefaults, ...chosen };
  const points = matrixOf(rows);
  const { positions, recall } = await client.call("umap", { points, options });
  const map = { points, positions, options };
  await client.call("keepMap", { key: "map", map });
  const placed = await client.call("transform", { key: "map", rows: matrixOf(others) });
  await client.call("forgetMap", { key: "map" });
  const afterwards = await client
    .call("transform", { key: "map", rows: points })
    .catch((error: Error) => error.message);
  const updated = await client.call("update", { map, added: matrixOf(others) });
  const { trustworthiness } = await client.call("quality", { points, positions, options: qualityDefaults });
  return {
    positions: [...positions],
    placed: [...placed],
    updated: [...updated.positions],
    trustworthiness,
    recall,
    afterwards: String(afterwards),
  };
}

declare global {
  interface Window {
    askMap: typeof askMap;
  }
}
window.askMap = askMap;
