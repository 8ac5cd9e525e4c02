import { ComputeError } from "../../../../compute/errors.ts";
import { buildCellTree, type CellTree, type MosaicGrid } from "../../../../compute/mosaic/index.ts";
import { pageClient } from "../../../../compute/runtime/page-client.ts";

/** What splitting a grid's cells needs, from the page's worker; made here where the page has none. */
export async function askTree(
  grid: MosaicGrid,
  positions: Float32Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<CellTree> {
  try {
    return await pageClient().call("mosaicTree", { grid, positions }, { signal });
  } catch (thrown) {
    if (ComputeError.from(thrown).kind !== "lost") throw thrown;
    return await buildCellTree(grid, positions, { signal });
  }
}
