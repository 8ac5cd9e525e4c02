import type { Matrix } from "../../../src/compute/matrix.ts";
import { normalFrom, uniformFrom } from "./random.ts";

const CLUSTERS = 20;
/** Directions in which a cluster is wide; in all others it is a tenth as wide. */
const DIRECTIONS = 10;
const NOISE = 0.1;
const SEED = 42;

/**
 * Twenty clusters of intrinsic dimension 10 with a little noise in every column: nearer to what a network's layer says
 * than round blobs are. The same rows at every call.
 */
export function clusteredRows(rows: number, columns: number): Matrix {
  const uniform = uniformFrom(SEED);
  const normal = normalFrom(uniform);
  const centres = new Float32Array(CLUSTERS * columns).map(() => normal());
  const bases = new Float32Array(CLUSTERS * DIRECTIONS * columns).map(() => normal() / Math.sqrt(DIRECTIONS));
  const data = new Float32Array(rows * columns);
  const place = new Float32Array(DIRECTIONS);
  for (let row = 0; row < rows; row++) {
    const cluster = Math.floor(uniform() * CLUSTERS);
    for (let direction = 0; direction < DIRECTIONS; direction++) place[direction] = normal();
    for (let column = 0; column < columns; column++) {
      let value = centres[cluster * columns + column] ?? 0;
      for (let direction = 0; direction < DIRECTIONS; direction++)
        value += (place[direction] ?? 0) * (bases[(cluster * DIRECTIONS + direction) * columns + column] ?? 0);
      data[row * columns + column] = value + NOISE * normal();
    }
  }
  return { data, rows, columns };
}
