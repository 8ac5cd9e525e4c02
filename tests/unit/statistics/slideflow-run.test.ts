import { describe, expect, it } from "vitest";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import type { UnitTable } from "../../../src/compute/statistics/one-way/unit-table.ts";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { type StatisticsOptions, statisticsDefaults } from "../../../src/compute/statistics/statistics-options.ts";
import { slideflow, slideflowRows } from "./goldens.ts";
import { besideEachOther, momentsOf } from "./moments-of.ts";
import { relativeError } from "./relative-error.ts";

const rows = slideflowRows();
const units = [...Array(slideflow.units).keys()];
const asked = (options: Partial<StatisticsOptions> = {}) =>
  new RowStatistics(rows).rank({ ...statisticsDefaults, permutations: 0, ...options }, null);

function expectSame({ statistic, p }: Pick<UnitTable, "statistic" | "p">, upstream: typeof slideflow.tile): void {
  for (const unit of units) {
    const f = upstream.f[unit] ?? Number.NaN;
    if (f === -1) expect([statistic[unit], p[unit]]).toEqual([Number.NaN, 1]);
    else {
      expect(relativeError(statistic[unit], f)).toBeLessThan(1e-5);
      expect(relativeError(p[unit], upstream.p[unit] ?? Number.NaN)).toBeLessThan(1e-4);
    }
  }
}

describe("the statistics of a run of Slideflow", () => {
  it("are ours at tile level: F to 1e-5, p to 1e-4 (it computes in single precision), the ranking exactly", async () => {
    const { tile } = await asked();
    expectSame(tile, slideflow.tile);
    expect([...tile.ranking]).toEqual(slideflow.byTile);
  });

  it("are ours at slide level, the ranking and the summary's order exactly", async () => {
    const { slide } = await asked();
    if (!slide) throw new Error("slides are known here");
    expectSame(slide, slideflow.slide);
    expect([...slide.ranking]).toEqual(slideflow.bySlide);
    expect([...slide.ranking]).toEqual(slideflow.summary.units);
  });

  it("stand on the slides' means that its summary has", async () => {
    const { values, slides, tiles } = await new RowStatistics(rows).slideValues({ method: "mean", threshold: 0 });
    expect([...slides]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...tiles]).toEqual(slideflow.slides.map((slide) => slide.tiles));
    slideflow.summary.means.forEach((means, slide) => {
      means.forEach((mean, place) => {
        const ours = values[slide * slideflow.units + (slideflow.summary.units[place] ?? -1)];
        expect(relativeError(ours, mean)).toBeLessThan(1e-5);
      });
    });
  });
});

describe("the share of tiles above a threshold", () => {
  const { threshold } = slideflow;

  it("is one of the slide's tiles, as Slideflow's documentation says", async () => {
    const { values } = await new RowStatistics(rows).slideValues({ method: "threshold", threshold });
    let row = 0;
    slideflow.slides.forEach(({ tiles }, slide) => {
      for (const unit of units) {
        let above = 0;
        for (let tile = row; tile < row + tiles; tile++)
          if ((rows.values.data[tile * slideflow.units + unit] ?? 0) > threshold) above++;
        expect(values[slide * slideflow.units + unit]).toBe(above / tiles);
      }
      row += tiles;
    });
  });

  it("has Slideflow's F once divided by the number of units instead, which is what its code does", async () => {
    const { values, groups, tiles } = await new RowStatistics(rows).slideValues({ method: "threshold", threshold });
    const asUpstream = besideEachOther(
      units.map((unit) => {
        const observed: number[][] = [[], [], []];
        groups.forEach((group, slide) => {
          const above = Math.round((values[slide * slideflow.units + unit] ?? 0) * (tiles[slide] ?? 0));
          observed[group]?.push(above / slideflow.units);
        });
        return momentsOf(observed);
      }),
    );
    const { statistic, logP } = testUnits(asUpstream, "anova");
    expectSame({ statistic, p: logP.map(Math.exp) }, slideflow.slideByThreshold);
  });

  it("gives another F than Slideflow's where slides have different numbers of tiles", async () => {
    const { slide } = await asked({ method: "threshold", threshold });
    const apart = units.filter((unit) => {
      const f = slideflow.slideByThreshold.f[unit] ?? -1;
      return f !== -1 && relativeError(slide?.statistic[unit], f) > 0.01;
    });
    expect(apart.length).toBeGreaterThan(20);
  });
});
