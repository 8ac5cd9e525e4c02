import { channelCount, type Preprocessing, type Standardization } from "./preprocessing.ts";

/** How many values 8 bits have. */
const LEVELS = 256;

/** What each of the 256 values of a channel becomes, a table a channel. */
export function levelTables(preprocessing: Preprocessing): readonly Float32Array[] {
  const { scale, mean, deviation } = preprocessing;
  return Array.from({ length: channelCount(preprocessing) }, (_, channel) => {
    const less = mean[mean.length === 1 ? 0 : channel] ?? 0;
    const by = deviation[deviation.length === 1 ? 0 : channel] ?? 1;
    return tableOf((value) => (value * scale - less) / by);
  });
}

/** The same for one picture's own figures: one table serves all its channels. */
export function standardizedLevels(standardize: Standardization, values: Uint8Array): Float32Array {
  if (standardize === "torch") return tableOf((value) => value / 127.5 - 1);
  const counts = new Float64Array(LEVELS);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  const sumOf = (of: (value: number) => number) => counts.reduce((sum, count, value) => sum + count * of(value), 0);
  const mean = sumOf((value) => value) / values.length;
  const variance = sumOf((value) => (value - mean) ** 2) / values.length;
  const deviation = Math.max(Math.sqrt(variance), 1 / Math.sqrt(values.length));
  return tableOf((value) => (value - mean) / deviation);
}

function tableOf(of: (value: number) => number): Float32Array {
  return Float32Array.from({ length: LEVELS }, (_, value) => of(value));
}
