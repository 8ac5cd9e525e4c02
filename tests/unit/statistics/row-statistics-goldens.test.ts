import { describe, expect, it } from "vitest";
import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { slideMethods, statisticsDefaults, unitTests } from "../../../src/compute/statistics/statistics-options.ts";
import { slideflow, slideflowRows, statistics } from "./goldens.ts";
import { relativeError } from "./relative-error.ts";

const rows = new RowStatistics(slideflowRows());
const { threshold, units } = slideflow;
const asked = { ...statisticsDefaults, permutations: 0, threshold };

function expectSame(table: UnitTable | null, golden: (typeof statistics.rows)["tile"]["anova"]): void {
  expect(golden).toHaveLength(units);
  golden.forEach(([statistic, p], unit) => {
    if (statistic === null) expect([table?.statistic[unit], table?.p[unit]]).toEqual([Number.NaN, 1]);
    else {
      expect(relativeError(table?.statistic[unit], statistic)).toBeLessThan(1e-9);
      expect(relativeError(table?.p[unit], p ?? Number.NaN)).toBeLessThan(1e-9);
    }
  });
}

describe("from rows to p, in double precision", () => {
  it.each(unitTests)("has SciPy's, or statsmodels', statistic and p of every unit by every tile: %s", async (test) => {
    const { tile } = await rows.rank({ ...asked, test }, null);
    expectSame(tile, statistics.rows.tile[test]);
  });

  it.each(unitTests.flatMap((test) => slideMethods.map((method) => ({ test, method }))))(
    "has them by every slide's $method: $test",
    async ({ test, method }) => {
      const { slide } = await rows.rank({ ...asked, test, method }, null);
      expectSame(slide, statistics.rows[method][test]);
    },
  );
});
