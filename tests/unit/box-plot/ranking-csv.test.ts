import { describe, expect, it } from "vitest";
import { rankingCsv } from "../../../src/widgets/box-plot/figure/ranking-csv.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const slide = unitTableOf({ permutationP: Float64Array.of(0.1, 0.2, 0.3, 1) });
const tile = unitTableOf({ level: "tile", statistic: Float64Array.of(1, 2, 3, Number.NaN) });
const groups = ["=adeno", "benign"];

/** The lines of a table, each by the names of its columns. */
function linesOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const [head = [], ...lines] = csv
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(","));
  return lines.map((fields) => Object.fromEntries(head.map((name, column) => [name, fields[column] ?? ""])));
}

describe("the ranking as a table", () => {
  const lines = linesOf(rankingCsv({ tables: { tile, slide }, ranking: slide.ranking, groups, unitNames: null }));

  it("has the units in the order of the ranking, slides before tiles, each under its own name", () => {
    expect(lines.map(({ unit }) => unit)).toEqual(["2", "0", "1", "3"]);
    const [best, next] = lines;
    expect(best).toMatchObject({ slide_f: "90", slide_q: "3e-12", slide_eta_squared: "0.8", tile_f: "3" });
    expect(best).toMatchObject({ slide_permutation_p: "0.3", slide_mean_benign: "2", missing: "0" });
    expect(Number(best?.slide_log_p)).toBe(Math.log(1e-12));
    expect(next).toMatchObject({ slide_bonferroni: "0.03", slide_omega_squared: "0.4", "slide_mean_=adeno": "3" });
    expect(best).not.toHaveProperty("tile_permutation_p");
  });

  it("leaves empty what a unit without a statistic has none of", () => {
    expect(lines[3]).toMatchObject({ unit: "3", slide_f: "", slide_p: "1", tile_eta_squared: "", missing: "2" });
  });

  it("says H where ranks were compared, has no slides where they are unknown, and names where units have some", () => {
    const ranks = unitTableOf({ level: "tile", test: "kruskal" });
    const named = ["a", "=b", "c", "d"];
    const csv = rankingCsv({ tables: { tile: ranks, slide: null }, ranking: ranks.ranking, groups, unitNames: named });
    const [best, next, last] = linesOf(csv);
    expect(best).toMatchObject({ name: "c", tile_h: "90" });
    expect(next).toMatchObject({ name: "a" });
    expect(last).toMatchObject({ name: "'=b" });
    expect(csv).not.toContain("slide_");
  });
});
