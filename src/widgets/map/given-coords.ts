import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { NumericSource } from "../host/sources.ts";
import type { Layout } from "./layout.ts";

/**
 * Coordinates computed elsewhere, to show as they are.
 *
 * @throws {ComputeError} "input" for what is not finite, with its row and column.
 */
export async function readCoords(coords: NumericSource, job: Job): Promise<Layout> {
  const read = await coords.read(job);
  const dims = coords.shape[1] === 3 ? 3 : 2;
  const positions = read instanceof Float32Array ? read : new Float32Array(read);
  checkFinite(positions, dims);
  return { positions, dims, settling: false, preview: false, origin: { kind: "coords" } };
}

function checkFinite(positions: Float32Array, dims: number): void {
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const [row, column] = [Math.floor(bad / dims), bad % dims];
  throw new ComputeError("input", `Row ${row}, column ${column} of coords is ${positions[bad]}.`, "Remove or fill it.");
}
