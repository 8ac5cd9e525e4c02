import { at, atRow } from "./memory";

// umap-learn's constants (umap_.py: smooth_knn_dist).
const ROUNDS = 64;
const TOLERANCE: f64 = 1e-5;
const LEAST_SCALE: f64 = 1e-3;

/**
 * How far the nearest neighbour is (`rhos`), how fast membership falls off beyond it (`sigmas`), and the membership
 * strength of each neighbour, for rows `from` to `to - 1`. `distances` holds `k` others a row, nearest first;
 * umap-learn counts the row itself as a further neighbour, at distance 0.
 */
export function smoothRows(
  distances: usize, k: i32, from: i32, to: i32, localConnectivity: f64, meanDistance: f64,
  rhos: usize, sigmas: usize, weights: usize,
): void {
  const target = Math.log2(<f64>(k + 1));
  const whole = <i32>Math.floor(localConnectivity);
  const part = localConnectivity - <f64>whole;
  for (let row = from; row < to; row++) {
    const own = atRow(distances, row, k);
    let sum: f64 = 0;
    let zeros = 0;
    for (let t = 0; t < k; t++) {
      const distance = <f64>load<f32>(at(own, t));
      sum += distance;
      if (distance <= 0) zeros++;
    }
    const others = k - zeros;
    let rho: f64 = 0;
    if (others > 0 && <f64>others >= localConnectivity) {
      if (whole > 0) {
        rho = <f64>load<f32>(at(own, zeros + whole - 1));
        if (part > TOLERANCE && whole < others) rho += part * (<f64>load<f32>(at(own, zeros + whole)) - rho);
      } else rho = part * <f64>load<f32>(at(own, zeros));
    } else if (others > 0) rho = <f64>load<f32>(at(own, k - 1));

    let low: f64 = 0;
    let high: f64 = Infinity;
    let sigma: f64 = 1;
    for (let round = 0; round < ROUNDS; round++) {
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
    sigma = max<f64>(sigma, LEAST_SCALE * (rho > 0 ? sum / <f64>(k + 1) : meanDistance));

    store<f32>(at(rhos, row), <f32>rho);
    store<f32>(at(sigmas, row), <f32>sigma);
    const strengths = atRow(weights, row, k);
    for (let t = 0; t < k; t++) {
      const beyond = <f64>load<f32>(at(own, t)) - rho;
      store<f32>(at(strengths, t), beyond <= 0 || sigma == 0 ? 1 : <f32>Math.exp(-beyond / sigma));
    }
  }
}
