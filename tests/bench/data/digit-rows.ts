import { readFile } from "node:fs/promises";
import type { Matrix } from "../../../src/compute/matrix.ts";

/** scikit-learn's digits: 1,797 pictures of 8 x 8 pixels, as rows. */
export async function digitRows(): Promise<Matrix> {
  const pixels = await readFile("tests/reference/digits.bin");
  return { data: Float32Array.from(pixels), rows: pixels.length / 64, columns: 64 };
}

/** Which digit each row is. */
export async function digitLabels(): Promise<Uint8Array> {
  return Uint8Array.from(await readFile("tests/reference/digits-labels.bin"));
}
