import type { Job } from "../../job.ts";
import { Pace } from "../../runtime/pace.ts";
import type { GroupMoments, Tested } from "../one-way/group-moments.ts";
import type { SlideValues } from "../one-way/unit-table.ts";
import type { StatisticsOptions } from "../statistics-options.ts";
import { ArrangedUnits } from "./arranged-units.ts";
import { countArrangements, drawArrangement, EveryArrangement, exchangeBlocks } from "./arrangements.ts";

/**
 * p of each unit by rearranging the groups among the slides' observations (`exchangeBlocks` says which may trade): the
 * share of arrangements whose statistic is as large as the one observed. All of them are gone through where there are no
 * more than `permutations`; else so many are drawn, the same for all units, and p is (1 + as large) / (1 + drawn)
 * (Phipson and Smyth 2010, "Permutation p-values should never be zero"). 1 where a unit has no statistic.
 *
 * The statistic is that of the test. For analysis of variance the squares between the groups stand for F, and for
 * Kruskal and Wallis' test those of the ranks for H: both rise with them. Welch's F has no value where a group's values
 * are all equal, as they are in some arrangements of few values: there it is what it comes to as their variance goes to
 * 0, for two groups what SciPy's `ttest_ind(equal_var=False)` has. So an infinite F is reached by infinite ones alone.
 *
 * @param observed - With ranks for values where the test is one of ranks.
 */
export async function permuteSlides(
  observed: SlideValues,
  counted: Pick<GroupMoments, "units" | "sizes">,
  { statistic }: Pick<Tested, "statistic">,
  { test, permutations, seed }: Pick<StatisticsOptions, "test" | "permutations" | "seed">,
  { signal, onProgress }: Job = {},
): Promise<Float64Array<ArrayBuffer>> {
  const pace = new Pace(signal);
  const { units } = counted;
  if (statistic.every(Number.isNaN)) return new Float64Array(units).fill(1);
  const blocks = exchangeBlocks(observed.slides, observed.groups);
  const count = countArrangements(blocks, observed.groups);
  const isExact = count <= permutations;
  const draws = isExact ? count : permutations;
  const every = new EveryArrangement(blocks, observed.groups);
  const groups = new Int32Array(observed.groups.length);
  const arrange = (draw: number) => {
    if (isExact) every.take(groups);
    else drawArrangement(blocks, observed.groups, seed, draw, groups);
  };

  const { values } = observed;
  const by = test === "welch" ? "welch" : "between";
  const arrangedUnits = await ArrangedUnits.prepare({ values, groups: observed.groups, counted, by, statistic });
  await pace.check();
  for (let draw = 0; draw < draws; ) {
    const listed = Math.min(draws - draw, arrangedUnits.mostListed);
    for (let each = 0; each < listed; each++) {
      arrange(draw + each);
      arrangedUnits.list(groups, each);
    }
    draw += listed;
    for (let strip = 0; strip < arrangedUnits.strips; strip++) {
      arrangedUnits.compare(strip, listed);
      if (!pace.isDue) continue;
      onProgress?.({ stage: "Rearranging slides", done: draw, total: draws, unit: "permutations" });
      await pace.check();
    }
  }
  const added = isExact ? 0 : 1;
  return arrangedUnits
    .counts()
    .map((reached, unit) => (Number.isNaN(statistic[unit]) ? 1 : (reached + added) / (draws + added)));
}
