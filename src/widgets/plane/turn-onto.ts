import { noTurn, type Turn } from "./view.ts";

/** More rows than this do not change the answer to a visible extent. */
const SAMPLE = 20_000;

/**
 * The rotation or reflection that brings `positions` nearest to `reference` (orthogonal Procrustes, Schönemann 1966,
 * in its closed form for two dimensions): UMAP's axes mean nothing, so a re-run may be turned for the eye.
 *
 * @param reference Where the same rows were, `x, y` interleaved.
 * @param referenceTurn How `reference` was turned when it was on show.
 */
export function turnOnto(positions: Float32Array, reference: Float32Array, referenceTurn: Turn = noTurn): Turn {
  const rows = Math.min(positions.length, reference.length) >> 1;
  const step = Math.max(1, Math.floor(rows / SAMPLE));
  const at = (values: Float32Array, place: number) => values[place] ?? Number.NaN;
  const [a, b, c, d] = referenceTurn;
  let count = 0;
  const mean = { x: 0, y: 0, u: 0, v: 0 };
  const product = { xu: 0, xv: 0, yu: 0, yv: 0 };
  for (let row = 0; row < rows; row += step) {
    const x = at(positions, 2 * row);
    const y = at(positions, 2 * row + 1);
    const oldX = at(reference, 2 * row);
    const oldY = at(reference, 2 * row + 1);
    const u = a * oldX + b * oldY;
    const v = c * oldX + d * oldY;
    if (!Number.isFinite(x + y + u + v)) continue;
    count++;
    // Welford's update: means and products in one pass without cancellation.
    const awayX = x - mean.x;
    const awayY = y - mean.y;
    mean.x += awayX / count;
    mean.y += awayY / count;
    mean.u += (u - mean.u) / count;
    mean.v += (v - mean.v) / count;
    product.xu += awayX * (u - mean.u);
    product.xv += awayX * (v - mean.v);
    product.yu += awayY * (u - mean.u);
    product.yv += awayY * (v - mean.v);
  }
  const { xu, xv, yu, yv } = product;
  const rotated = Math.hypot(xu + yv, xv - yu);
  const mirrored = Math.hypot(xu - yv, xv + yu);
  if (Math.max(rotated, mirrored) === 0) return noTurn;
  if (rotated >= mirrored) {
    const cos = (xu + yv) / rotated;
    const sin = (xv - yu) / rotated;
    return [cos, -sin, sin, cos];
  }
  const cos = (xu - yv) / mirrored;
  const sin = (xv + yu) / mirrored;
  return [cos, sin, sin, -cos];
}
