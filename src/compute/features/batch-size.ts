import type { ModelInput } from "../model/engine/model-inputs.ts";

/** Four pictures of 224 pixels: on the CPU a picture takes as long in any batch, and memory grows with it. */
const BATCH_BYTES = 4 * 3 * 224 * 224 * 4;
const MOST = 64;

/** Pictures to run at once: what is asked for, what the file is fixed to, or as many small ones as large ones. */
export function batchSize({ dims, batch }: ModelInput, asked: number | null): number {
  if (batch !== null) return batch;
  if (asked !== null) return asked;
  const bytes = dims.reduce((product, side) => product * side, 4);
  return Math.max(1, Math.min(MOST, Math.round(BATCH_BYTES / bytes)));
}
