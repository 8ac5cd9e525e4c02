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

  it("rows are added to the map, twice: the widget is about all of them, and the first stay in place", async () => {
    const notebook = await lab.open([
      DIGITS.replace("UmapScatter(digits.data, labels=digits.target)", "UmapScatter(digits.data[:1500])"),
      `before = scatter.embedding
scatter.selected = [3, 1499]
await scatter.update(digits.data[1500:1700], labels=digits.target[1500:1700])
between = scatter.embedding
await scatter.update(digits.data[1700:], names=[f"late {row}" for row in range(97)])
quality = await scatter.quality()
await scatter.save("grown.csv")
lines = open("grown.csv").read().strip().split("\\n")`,
    ]);
    await notebook.runAll();
    await expectInk(notebook.widget());
    const places =
      "scatter.embedding.shape, (scatter.embedding[:1700] == between).all(), (between[:1500] == before).all()";
    expect(await notebook.ask(`print(${places})`)).toBe("(1797, 2) True True");
    expect(await notebook.ask("print(scatter.selected.tolist(), quality.per_row.shape, len(lines))")).toBe(
      "[3, 1499] (1797,) 1798",
    );
    expect(await notebook.ask('print("late 96" in lines[-1], scatter)')).toMatch(
      /^True UmapScatter\(1797 × 64, 10 classes/,
    );
    expect(await notebook.ask("print(quality.trustworthiness > 0.95)")).toBe("True");
    await notebook.widget().locator("[aria-label*='1,797 rows']").first().waitFor();
    const refused = `
try:
    scatter.update(digits.data[:2, :5])
except ls.InputError as error:
    print(error)`;
    expect(await notebook.ask(refused)).toContain("rows: expected 64 columns as in the map, got 5.");
  });

  it("a layout is paused, moved and let go on from a cell", async () => {
    const notebook = await lab.open([
      DIGITS.replace("labels=digits.target", "n_epochs=20_000").replace("await scatter", "scatter"),
    ]);
    await notebook.runAll();
    await notebook.widget().getByRole("button", { name: "Pause", exact: true }).waitFor();
    const round = async () =>
      Number(/Paused at round ([\d,]+) of 20,000/.exec(await notebook.ask("print(scatter)"))?.[1]?.replaceAll(",", ""));
    expect(await notebook.ask("print(await scatter.pause())")).toBe("None");
    await expect.poll(round).toBeGreaterThan(0);
    const held = await round();
    expect(await notebook.ask("print(await scatter.step(5))")).toBe("None");
    await expect.poll(round).toBe(held + 5);
    await notebook.ask("print(await scatter.resume())");
    await notebook.widget().getByRole("button", { name: "Pause", exact: true }).waitFor();
    await notebook.widget().getByRole("button", { name: "Cancel", exact: true }).click();
  });
});
