import { levelTables, standardizedLevels } from "./level-tables.ts";
import { channelCount, type Preprocessing } from "./preprocessing.ts";

/** What a network is shown of black and of white, a number for each of its channels. */
export interface ModelColors {
  readonly black: readonly number[];
  readonly white: readonly number[];
}

/** Undefined where that depends on the picture: each standardised by its own figures, or brought to a stain. */
export function modelColors(preprocessing: Preprocessing): ModelColors | undefined {
  const { standardize, normalizer } = preprocessing;
  if (standardize === "tensorflow" || normalizer) return undefined;
  const tables = standardize
    ? Array.from({ length: channelCount(preprocessing) }, () => standardizedLevels(standardize, new Uint8Array()))
    : levelTables(preprocessing);
  return { black: tables.map((table) => table[0] ?? 0), white: tables.map((table) => table[255] ?? 0) };
}
