import type { GpuRows } from "../gpu-rows.ts";

/** Distances handed out are finite, as the data are. */
const LARGEST = 3.4e38;

/**
 * Squared distance of two rows, or sum of absolute differences for "manhattan", in double precision, of the rows as
 * they are stored. The sums are taken in the order of kernels/measure.ts: the bits are the CPU's.
 */
export function exactMeasure({ host, metric }: GpuRows): (a: number, b: number) => number {
  const { data, columns, scale } = host;
  const sum = metric === "manhattan" ? sumAbsolutes : sumSquares;
  // The scale is a power of two and changes no digit, whether applied before the sum or after it.
  const unit = metric === "manhattan" ? scale : scale * scale;
  return (a, b) => unit * sum(data, a * columns, b * columns, columns);
}

/** From squares or sums of stored rows to distances in the metric's and the data's own unit. */
export function distanceOf({ metric, isAngular, host: { scale } }: GpuRows): (measured: number) => number {
  if (isAngular) return (measured) => measured * 0.5;
  if (metric === "manhattan") return (measured) => Math.min(LARGEST, measured / scale);
  return (measured) => Math.min(LARGEST, Math.sqrt(measured) / scale);
}

function sumSquares(data: Float32Array, x: number, y: number, columns: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  let t = 0;
  for (; t + 3 < columns; t += 4) {
    const d0 = (data[x + t] ?? 0) - (data[y + t] ?? 0);
    const d1 = (data[x + t + 1] ?? 0) - (data[y + t + 1] ?? 0);
    const d2 = (data[x + t + 2] ?? 0) - (data[y + t + 2] ?? 0);
    const d3 = (data[x + t + 3] ?? 0) - (data[y + t + 3] ?? 0);
    sum0 += d0 * d0;
    sum1 += d1 * d1;
    sum2 += d2 * d2;
    sum3 += d3 * d3;
  }
  if (t < columns) sum0 += ((data[x + t] ?? 0) - (data[y + t] ?? 0)) ** 2;
  if (t + 1 < columns) sum1 += ((data[x + t + 1] ?? 0) - (data[y + t + 1] ?? 0)) ** 2;
  if (t + 2 < columns) sum2 += ((data[x + t + 2] ?? 0) - (data[y + t + 2] ?? 0)) ** 2;
  return sum0 + sum2 + (sum1 + sum3);
}

function sumAbsolutes(data: Float32Array, x: number, y: number, columns: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  let t = 0;
  for (; t + 3 < columns; t += 4) {
    sum0 += Math.abs((data[x + t] ?? 0) - (data[y + t] ?? 0));
    sum1 += Math.abs((data[x + t + 1] ?? 0) - (data[y + t + 1] ?? 0));
    sum2 += Math.abs((data[x + t + 2] ?? 0) - (data[y + t + 2] ?? 0));
    sum3 += Math.abs((data[x + t + 3] ?? 0) - (data[y + t + 3] ?? 0));
  }
  if (t < columns) sum0 += Math.abs((data[x + t] ?? 0) - (data[y + t] ?? 0));
  if (t + 1 < columns) sum1 += Math.abs((data[x + t + 1] ?? 0) - (data[y + t + 1] ?? 0));
  if (t + 2 < columns) sum2 += Math.abs((data[x + t + 2] ?? 0) - (data[y + t + 2] ?? 0));
  return sum0 + sum2 + (sum1 + sum3);
}
