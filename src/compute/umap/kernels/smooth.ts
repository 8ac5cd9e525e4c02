import { at, atRow } from "./memory";

// umap-learn's constants (umap_.py: smooth_knn_dist).
const ROUNDS = 64;
const TOLERANCE: f64 = 1e-5;
const LEAST_SCALE: f64 = 1e-3;

/** How far the nearest neighbour with a distance above 0 is, or the `localConnectivity`-th, between two by halves. */
@inline
function nearestBeyondZero(own: usize, k: i32, localConnectivity: f64): f64 {
  const whole = <i32>Math.floor(localConnectivity);
  const part = localConnectivity - <f64>whole;
  let zeros = 0;
  for (let t = 0; t < k; t++) if (load<f32>(at(own, t)) <= 0) zeros++;
  const others = k - zeros;
  if (others == 0) return 0;
  if (<f64>others < localConnectivity) return <f64>load<f32>(at(own, k - 1));
  if (whole == 0) return part * <f64>load<f32>(at(own, zeros));
  let rho = <f64>load<f32>(at(own, zeros + whole - 1));
  if (part > TOLERANCE && whole < others) rho += part * (<f64>load<f32>(at(own, zeros + whole)) - rho);
  return rho;
}

/**
 * The scale at which the strengths of `k` distances sum to `target`. `bracket` is 0, or where the bisection has come to:
 * the bounds (the upper one negative where there is none), the scale to try next, the rounds done.
 */
@inline
function scaleFor(own: usize, k: i32, rho: f64, target: f64, bracket: usize): f64 {
  let low: f64 = 0;
  let high: f64 = Infinity;
  let sigma: f64 = 1;
  let first = 0;
  if (bracket) {
    low = <f64>load<f32>(bracket);
    if (load<f32>(bracket, 4) >= 0) high = <f64>load<f32>(bracket, 4);
    sigma = <f64>load<f32>(bracket, 8);
    first = <i32>load<f32>(bracket, 12);
  }
  for (let round = first; round < ROUNDS; round++) {
    let strength: f64 = 0;
    for (let t = 0; t < k; t++) {
      const beyond = <f64>load<f32>(at(own, t)) - rho;
      strength += beyond > 0 ? Math.exp(-beyond / sigma) : 1;
    }
    if (Math.abs(strength - target) < TOLERANCE) break;
    if (strength > target) {
      high = sigma;
      sigma = (low + high) * 0.5;
    } else {
      low = sigma;
      sigma = high == Infinity ? sigma * 2 : (low + high) * 0.5;
    }
  }
  return sigma;
}

@inline
function sumOf(own: usize, k: i32): f64 {
  let sum: f64 = 0;
  for (let t = 0; t < k; t++) sum += <f64>load<f32>(at(own, t));
  return sum;
}

@inline
function weigh(own: usize, k: i32, rho: f64, sigma: f64, strengths: usize): void {
  for (let t = 0; t < k; t++) {
    const beyond = <f64>load<f32>(at(own, t)) - rho;
    store<f32>(at(strengths, t), beyond <= 0 || sigma == 0 ? 1 : <f32>Math.exp(-beyond / sigma));
  }
}

/**
 * How far the nearest neighbour is (`rhos`), how fast membership falls off beyond it (`sigmas`), and the membership
 * strength of each neighbour, for rows `from` to `to - 1`. `distances` holds `k` others a row, nearest first;
 * umap-learn counts the row itself as a further neighbour, at distance 0. `brackets` is 0, or holds four numbers a row:
 * how far the search for its scale has come.
 */
export function smoothRows(
  distances: usize, k: i32, from: i32, to: i32, localConnectivity: f64, meanDistance: f64,
  brackets: usize, rhos: usize, sigmas: usize, weights: usize,
): void {
  const target = Math.log2(<f64>(k + 1));
  for (let row = from; row < to; row++) {
    const own = atRow(distances, row, k);
    const rho = nearestBeyondZero(own, k, localConnectivity);
    const least = LEAST_SCALE * (rho > 0 ? sumOf(own, k) / <f64>(k + 1) : meanDistance);
    const bracket = brackets ? atRow(brackets, row, 4) : 0;
    const sigma = max<f64>(scaleFor(own, k, rho, target, bracket), least);
    store<f32>(at(rhos, row), <f32>rho);
    store<f32>(at(sigmas, row), <f32>sigma);
    weigh(own, k, rho, sigma, atRow(weights, row, k));
  }
}

/**
 * Membership strengths of a new row's `k` nearest rows, as umap-learn's `transform` has them: its connectivity is one
 * less (the row is no neighbour of its own), and the nearest one does not count towards the scale. The scale is
 * bounded below by the row's own mean distance, not by that of all rows asked for together.
 */
export function smoothQuery(distances: usize, k: i32, localConnectivity: f64, weights: usize): void {
  const rho = nearestBeyondZero(distances, k, max<f64>(0, localConnectivity - 1));
  const sigma = scaleFor(at(distances, 1), k - 1, rho, Math.log2(<f64>k), 0);
  weigh(distances, k, rho, max<f64>(sigma, (LEAST_SCALE * sumOf(distances, k)) / <f64>k), weights);
}
