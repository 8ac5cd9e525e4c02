import type { Level, UnitTest } from "../statistics-options.ts";
import { benjaminiHochberg, bonferroni } from "./adjust-p.ts";
import type { GroupMoments, Tested } from "./group-moments.ts";
import { rankUnits } from "./rank-units.ts";
import type { UnitTable } from "./unit-table.ts";

/**
 * One test's answers with p adjusted for the number of units that have a statistic, and the units ranked.
 *
 * @param moments Of the same observations, also where the test is one of ranks.
 * @param permutationP One a unit; null where nothing was rearranged.
 */
export function tabulateUnits(
  level: Level,
  test: UnitTest,
  { statistic, logP, etaSquared, omegaSquared }: Tested,
  { means, sizes, missing }: Pick<GroupMoments, "means" | "sizes" | "missing">,
  permutationP: Float64Array<ArrayBuffer> | null,
): UnitTable {
  const tested = Int32Array.from(statistic.keys()).filter((unit) => !Number.isNaN(statistic[unit]));
  const logQ = benjaminiHochberg(logP, tested);
  return {
    level,
    test,
    statistic,
    p: logP.map(Math.exp),
    logP,
    q: logQ.map(Math.exp),
    logQ,
    bonferroni: bonferroni(logP, tested).map(Math.exp),
    etaSquared,
    omegaSquared,
    permutationP,
    means,
    sizes,
    missing,
    ranking: rankUnits({ statistic, logP }),
  };
}
