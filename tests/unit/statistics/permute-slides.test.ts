import { describe, expect, it, vi } from "vitest";
import { testRanks } from "../../../src/compute/statistics/one-way/test-ranks.ts";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import type { SlideValues } from "../../../src/compute/statistics/one-way/unit-table.ts";
import {
  countArrangements,
  drawArrangement,
  EveryArrangement,
  exchangeBlocks,
} from "../../../src/compute/statistics/slides/arrangements.ts";
import { permuteSlides } from "../../../src/compute/statistics/slides/permute-slides.ts";
import { rankSlides } from "../../../src/compute/statistics/slides/rank-slides.ts";
import { slideMoments } from "../../../src/compute/statistics/slides/slide-moments.ts";
import type { UnitTest } from "../../../src/compute/statistics/statistics-options.ts";
import { normal, uniform } from "../compute/random.ts";

/** Observations of the given slides and groups, with values that differ between groups by `effect`. */
function observe(
  slides: readonly number[],
  groups: readonly number[],
  units: number,
  seed: number,
  effect = 0,
): SlideValues {
  const next = normal(seed);
  return {
    values: new Float64Array(slides.length * units).map(
      (_, place) => next() + effect * (groups[Math.floor(place / units)] ?? 0),
    ),
    slides: Int32Array.from(slides),
    groups: Int32Array.from(groups),
    tiles: new Int32Array(slides.length).fill(1),
  };
}

const alone = (count: number) => Array.from({ length: count }, (_, slide) => slide);

/** Moments, the test's answers, and what it compares: values, or their ranks. */
async function testOf(observed: SlideValues, units: number, groupCount: number, test: UnitTest) {
  const moments = slideMoments(observed, units, groupCount);
  if (test !== "kruskal") return { moments, compared: observed, ...testUnits(moments, test) };
  const { sums, values } = await rankSlides(observed, moments);
  return { moments, compared: { ...observed, values }, ...testRanks(sums) };
}

async function permute(
  observed: SlideValues,
  units: number,
  groupCount: number,
  test: UnitTest,
  permutations: number,
  seed = 1,
) {
  const { moments, compared, statistic } = await testOf(observed, units, groupCount, test);
  return permuteSlides(compared, moments, { statistic }, { test, permutations, seed });
}

/** Every order of the groups, by the definition: nothing left out, repeats and all. */
function everyOrder(groups: readonly number[]): number[][] {
  if (groups.length < 2) return [[...groups]];
  return groups.flatMap((group, place) => everyOrder(groups.toSpliced(place, 1)).map((rest) => [group, ...rest]));
}

/** Welch's F by its formula, of groups that vary at least a little. */
function plainWelch(groups: readonly (readonly number[])[], leastVariance: number): number {
  const parts = groups.map((values) => {
    const size = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / size;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (size - 1);
    return { size, mean, weight: size / Math.max(variance, leastVariance) };
  });
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const grand = parts.reduce((sum, { weight, mean }) => sum + weight * mean, 0) / total;
  const spread = parts.reduce((sum, { weight, mean }) => sum + weight * (mean - grand) ** 2, 0);
  const unsure = parts.reduce((sum, { size, weight }) => sum + (1 - weight / total) ** 2 / (size - 1), 0);
  const k = groups.length;
  return spread / (k - 1) / (1 + (2 * (k - 2) * unsure) / (k ** 2 - 1));
}

const listOf = (blocks: readonly Int32Array[]) => blocks.map((block) => [...block]);

describe("arrangements of groups among slides", () => {
  it("trade among the slides of one group, and within a slide of several", () => {
    const slides = Int32Array.of(0, 1, 1, 2, 3, 3, 3, 4);
    const groups = Int32Array.of(0, 0, 1, 1, 0, 1, 2, 0);
    const blocks = exchangeBlocks(slides, groups);
    expect(listOf(blocks)).toEqual([
      [0, 3, 7],
      [1, 2],
      [4, 5, 6],
    ]);
    expect(countArrangements(blocks, groups)).toBe(3 * 2 * 6);
  });

  it("have nothing to trade where all slides that could are of one group", () => {
    const groups = Int32Array.of(1, 1, 0, 1);
    const blocks = exchangeBlocks(Int32Array.of(0, 1, 2, 2), groups);
    expect(listOf(blocks)).toEqual([[2, 3]]);
    expect(countArrangements([], groups)).toBe(1);
  });

  it("are each gone through once", () => {
    const groups = Int32Array.of(2, 0, 0, 1, 1, 2, 0, 1);
    const blocks = [Int32Array.of(0, 1, 2, 3, 4), Int32Array.of(5, 6, 7)];
    const every = new EveryArrangement(blocks, groups);
    const seen = new Set<string>();
    const into = new Int32Array(8);
    const count = countArrangements(blocks, groups);
    expect(count).toBe(30 * 6);
    for (let each = 0; each < count; each++) {
      every.take(into);
      seen.add(into.join());
    }
    expect(seen.size).toBe(count);
    expect(seen).toContain(groups.join());
    every.take(into);
    expect([...into]).toEqual([0, 0, 1, 1, 2, 0, 1, 2]);
  });

  it("are counted beyond what can be gone through", () => {
    const groups = Int32Array.from({ length: 400 }, (_, row) => row % 5);
    const blocks = exchangeBlocks(Int32Array.from(alone(400)), groups);
    expect(countArrangements(blocks, groups)).toBeGreaterThan(1e200);
  });

  it("are drawn evenly, each seed and draw its own", () => {
    const groups = Int32Array.of(0, 0, 1, 1);
    const blocks = [Int32Array.of(0, 1, 2, 3)];
    const counts = new Map<string, number>();
    const into = new Int32Array(4);
    for (let draw = 0; draw < 6000; draw++) {
      drawArrangement(blocks, groups, 7, draw, into);
      counts.set(into.join(), (counts.get(into.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    // 1,000 each, and five standard deviations.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
    const [one, other] = [1, 2].map((seed) =>
      Array.from({ length: 20 }, (_, draw) => {
        drawArrangement(blocks, groups, seed, draw, into);
        return into.join();
      }),
    );
    expect(one).not.toEqual(other);
  });
});

describe("p by rearranging slides", () => {
  it.each(["anova", "welch", "kruskal"] as const)(
    "is the share of all arrangements where they are few: %s",
    async (test) => {
      const groups = [0, 0, 0, 1, 1, 2, 2];
      const observed = observe(alone(7), groups, 11, 3, 0.8);
      const p = await permute(observed, 11, 3, test, 1000);
      const { statistic } = await testOf(observed, 11, 3, test);
      const orders = everyOrder(groups);
      const reached = new Float64Array(11);
      for (const order of orders) {
        const { statistic: rearranged } = await testOf({ ...observed, groups: Int32Array.from(order) }, 11, 3, test);
        rearranged.forEach((value, unit) => {
          if (value >= (statistic[unit] ?? 0) * (1 - 1e-9)) reached[unit] = (reached[unit] ?? 0) + 1;
        });
      }
      p.forEach((value, unit) => {
        expect(value).toBeCloseTo((reached[unit] ?? 0) / orders.length, 12);
      });
      // The groups' names don't matter: two of these have two slides, and trade places.
      expect(Math.min(...p)).toBeGreaterThanOrEqual(2 / 210);
    },
  );

  it.each(["anova", "welch", "kruskal"] as const)("counts the drawn ones, and the observed one: %s", async (test) => {
    const groups = Array.from({ length: 30 }, (_, row) => row % 3);
    const observed = observe(alone(30), groups, 9, 4, 0.5);
    const p = await permute(observed, 9, 3, test, 200, 5);
    const { statistic } = await testOf(observed, 9, 3, test);
    const blocks = exchangeBlocks(observed.slides, observed.groups);
    const into = new Int32Array(30);
    const reached = new Float64Array(9).fill(1);
    for (let draw = 0; draw < 200; draw++) {
      drawArrangement(blocks, observed.groups, 5, draw, into);
      const { statistic: rearranged } = await testOf({ ...observed, groups: into }, 9, 3, test);
      rearranged.forEach((value, unit) => {
        if (value >= (statistic[unit] ?? 0) * (1 - 1e-9)) reached[unit] = (reached[unit] ?? 0) + 1;
      });
    }
    expect([...p]).toEqual([...reached.map((count) => count / 201)]);
  });

  /** Every arrangement's F of each unit, groups of equal values varying by next to nothing. */
  const everyF = (observed: SlideValues, units: number): number[][] => {
    const blocks = exchangeBlocks(observed.slides, observed.groups);
    const every = new EveryArrangement(blocks, observed.groups);
    const into = new Int32Array(observed.groups.length);
    return Array.from({ length: countArrangements(blocks, observed.groups) }, () => {
      every.take(into);
      return Array.from({ length: units }, (_, unit) => {
        const groups = [...new Set(into)].map((group) =>
          [...into.keys()].filter((row) => into[row] === group).map((row) => observed.values[row * units + unit] ?? 0),
        );
        return plainWelch(groups, 1e-9);
      });
    });
  };

  it.each([
    { values: [0, 0, 0, 1, 1, 1, 1, 1], groups: [0, 0, 0, 1, 1, 1, 1, 1], expected: 1 / 56 },
    { values: [0.1, 0.1, 0.1, 0.3, 0.3, 0.3], groups: [0, 0, 0, 1, 1, 1], expected: 2 / 20 },
    // Two groups of equal values are enough, whatever the third: 2 by (0, 0) and (1, 1), 4 × 3 with (2, 2) for either.
    { values: [0, 0, 1, 1, 2, 2, 2], groups: [0, 0, 1, 1, 2, 2, 2], expected: 14 / 210 },
  ])("takes none but an infinite F of Welch for as large as one: $values", async ({ values, groups, expected }) => {
    const observed = { ...observe(alone(values.length), groups, 1, 1), values: Float64Array.from(values) };
    const count = new Set(groups).size;
    expect((await testOf(observed, 1, count, "welch")).statistic[0]).toBe(Number.POSITIVE_INFINITY);
    const all = everyF(observed, 1).flat();
    expect(all.filter((f) => f > 1e6).length / all.length).toBeCloseTo(expected, 12);
    expect((await permute(observed, 1, count, "welch", 5000))[0]).toBeCloseTo(expected, 12);
  });

  it.each([
    [0, 0, 0, 1, 1, 1, 1],
    [0, 0, 1, 1, 2, 2, 2],
    [0, 0, 1, 1, 2, 2, 3, 3],
  ])(
    "weighs equal values in an arrangement as they vary less and less: groups of %i, %i, %i, %i, …",
    async (...groups) => {
      const units = 40;
      const count = new Set(groups).size;
      const next = uniform(12);
      // Half the values are the same in many slides, so that many arrangements have groups of equal ones.
      const values = new Float64Array(groups.length * units).map(() => (next() < 0.5 ? 1 : 4 * next()));
      const observed = { ...observe(alone(groups.length), groups, units, 1), values };
      const { statistic } = await testOf(observed, units, count, "welch");
      const all = everyF(observed, units);
      const p = await permute(observed, units, count, "welch", 5000);
      const finite = [...statistic.keys()].filter((unit) => Number.isFinite(statistic[unit]));
      expect(finite.length).toBeGreaterThan(5);
      for (const unit of finite) {
        const reached = all.filter((f) => (f[unit] ?? 0) >= (statistic[unit] ?? 0) * (1 - 1e-6));
        expect(p[unit]).toBeCloseTo(reached.length / all.length, 12);
      }
    },
  );

  it("rearranges a slide that is on both sides within itself alone", async () => {
    // Slides lie far apart, sides of a slide near each other: only within slides is the difference seen.
    const slides = alone(8).flatMap((slide) => [slide, slide]);
    const groups = slides.map((_, place) => place % 2);
    const next = uniform(6);
    const values = Float64Array.from(slides, (slide, place) => 100 * slide + (place % 2) + 0.1 * next());
    const observed = {
      values,
      slides: Int32Array.from(slides),
      groups: Int32Array.from(groups),
      tiles: new Int32Array(16),
    };
    const [p] = await permute(observed, 1, 2, "anova", 999);
    // Of 2 to the 8th arrangements this one and the one with all sides turned.
    expect(p).toBe(2 / 256);
  });

  it("is never 0, and 1 where there is no statistic", async () => {
    const observed = observe(
      alone(40),
      alone(40).map((slide) => slide % 2),
      3,
      7,
      9,
    );
    for (let row = 0; row < 40; row++) observed.values[row * 3 + 1] = 5;
    const p = await permute(observed, 3, 2, "anova", 99);
    expect([...p]).toEqual([0.01, 1, 0.01]);
  });

  it("is the same for the same seed, and another for another", async () => {
    const observed = observe(
      alone(60),
      alone(60).map((slide) => slide % 4),
      20,
      8,
    );
    const [one, again, other] = await Promise.all(
      [5, 5, 6].map((seed) => permute(observed, 20, 4, "anova", 499, seed)),
    );
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  it("does not depend on the units beside it", async () => {
    const observed = observe(
      alone(30),
      alone(30).map((slide) => slide % 3),
      13,
      9,
    );
    const all = await permute(observed, 13, 3, "anova", 199);
    for (const unit of [0, 7, 8, 12]) {
      const values = Float64Array.from(alone(30), (row) => observed.values[row * 13 + unit] ?? 0);
      expect((await permute({ ...observed, values }, 1, 3, "anova", 199))[0]).toBe(all[unit]);
    }
  });

  it("is even between 0 and 1 where groups don't differ", async () => {
    const observed = observe(
      alone(24),
      alone(24).map((slide) => slide % 3),
      2000,
      10,
    );
    const p = await permute(observed, 2000, 3, "anova", 99);
    for (const bound of [0.05, 0.25, 0.5, 0.75]) {
      const share = p.filter((value) => value <= bound).length / 2000;
      // Four standard deviations of a share of 2,000.
      expect(Math.abs(share - bound)).toBeLessThan(4 * Math.sqrt((bound * (1 - bound)) / 2000));
    }
  });

  it("takes what is as large but for rounding for as large", async () => {
    // Values of 0 and 1: many arrangements have the very same sums, in other orders of adding.
    const groups = alone(12).map((slide) => slide % 2);
    const values = Float64Array.from(groups, (group, slide) => (slide < 8 ? group : 1 - group) * 0.1 + 1e6);
    const observed = {
      values,
      slides: Int32Array.from(alone(12)),
      groups: Int32Array.from(groups),
      tiles: new Int32Array(12),
    };
    const [p] = await permute(observed, 1, 2, "anova", 1000);
    // Four of six ones in a group, or two, or further from three: C(6,k)² of 924, all but k = 3.
    expect(p).toBeCloseTo((924 - 400) / 924, 12);
  });

  it("stops when it is cancelled", async () => {
    const observed = observe(
      alone(50),
      alone(50).map((slide) => slide % 2),
      100,
      11,
    );
    const { moments, statistic } = await testOf(observed, 100, 2, "anova");
    const controller = new AbortController();
    let now = 0;
    vi.spyOn(performance, "now").mockImplementation(() => {
      now += 1000;
      return now;
    });
    const told: string[] = [];
    const started = permuteSlides(
      observed,
      moments,
      { statistic },
      { test: "anova", permutations: 5000, seed: 1 },
      {
        signal: controller.signal,
        onProgress: ({ stage, done, total, unit }) => {
          told.push(`${stage}, ${done} of ${total} ${unit}`);
          controller.abort();
        },
      },
    );
    await expect(started).rejects.toMatchObject({ kind: "cancelled" });
    vi.restoreAllMocks();
    expect(told).toEqual(["Rearranging slides, 1310 of 5000 permutations"]);
  });
});
