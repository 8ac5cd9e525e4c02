import type { JSHandle } from "playwright-core";
import type { Matrix } from "../../../src/compute/matrix.ts";
import type { PageMap } from "./map-page.ts";

/** Where the rows lie, out of the page. */
export async function readPositions(map: JSHandle<PageMap>): Promise<Matrix> {
  const positions = await map.evaluate((it) => Array.from(it.positions));
  return { data: Float32Array.from(positions), rows: positions.length / 2, columns: 2 };
}

/** The `k` nearest neighbours that our engine found for the rows asked. */
export function readNeighbors(map: JSHandle<PageMap>, asked: readonly number[], k: number): Promise<number[][]> {
  return map.evaluate(
    ({ result }, [rows, count]) => {
      const found = result?.neighbors;
      if (!found || found.k < count) throw new Error(`Expected ${count} neighbours of every row.`);
      return rows.map((row) => Array.from(found.indices.subarray(row * found.k, row * found.k + count)));
    },
    [asked, k] as const,
  );
}
