import { describe, expect, it } from "vitest";
import { expectInk } from "../support/scatter-actions.ts";
import { DIGITS, useLab } from "../support/use-lab.ts";

describe("what a cell asks of the page and awaits", () => {
  const lab = useLab();

  it("other rows are placed in the map, and the map is measured, within the cell", async () => {
    const notebook = await lab.open([
      DIGITS.replace("UmapScatter(digits.data, labels=digits.target)", "UmapScatter(digits.data[:1500])"),
      `placed = await scatter.transform(digits.data[1500:])
alone = await scatter.transform(digits.data[1600:1601])
nearest = [((scatter.embedding - place) ** 2).sum(1).argmin() for place in placed]
quality = await scatter.quality()`,
    ]);
    await notebook.runAll();
    await expectInk(notebook.widget());
    expect(await notebook.ask("print(placed.shape, bool((placed[100] == alone[0]).all()))")).toBe("(297, 2) True");
    const right = Number(await notebook.ask("print((digits.target[nearest] == digits.target[1500:]).mean())"));
    expect(right).toBeGreaterThan(0.85);
    const trustworthiness = Number(await notebook.ask("print(quality.trustworthiness)"));
    expect(trustworthiness).toBeGreaterThan(0.95);
    expect(trustworthiness).toBeLessThanOrEqual(1);
    expect(await notebook.ask("print(quality.per_row.shape)")).toBe("(1500,)");
  });
});
