import type { GpuRows } from "../gpu-rows.ts";

/**
 * Squared distance of two rows, or sum of absolute differences for "manhattan", in double precision, of the rows as
 * they are stored. The sums are taken in the order of kernels/measure.ts: the bits are the CPU's.
 */
export function exactMeasure({ host, metric }: GpuRows): (a: number, b: number) => number {
  const { data, columns, scale } = host;
  const term =
    metric === "manhattan"
      ? (difference: number) => Math.abs(difference * scale)
      : (difference: number) => difference * scale * (difference * scale);
  return (a, b) => {
    const x = a * columns;
    const y = b * columns;
    const sums: [number, number, number, number] = [0, 0, 0, 0];
    const whole = columns & ~3;
    for (let t = 0; t < whole; t += 4) {
      sums[0] += term((data[x + t] ?? 0) - (data[y + t] ?? 0));
      sums[1] += term((data[x + t + 1] ?? 0) - (data[y + t + 1] ?? 0));
      sums[2] += term((data[x + t + 2] ?? 0) - (data[y + t + 2] ?? 0));
      sums[3] += term((data[x + t + 3] ?? 0) - (data[y + t + 3] ?? 0));
    }
    if (whole < columns) sums[0] += term((data[x + whole] ?? 0) - (data[y + whole] ?? 0));
    if (whole + 1 < columns) sums[1] += term((data[x + whole + 1] ?? 0) - (data[y + whole + 1] ?? 0));
    if (whole + 2 < columns) sums[2] += term((data[x + whole + 2] ?? 0) - (data[y + whole + 2] ?? 0));
    return sums[0] + sums[2] + (sums[1] + sums[3]);
  };
}
