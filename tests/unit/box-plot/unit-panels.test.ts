import { describe, expect, it } from "vitest";
import type { UnitBoxes, UnitGroup } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { type BoxRules, UnitPanels } from "../../../src/widgets/box-plot/data/unit-panels.ts";
import type { UnitWorker } from "../../../src/widgets/box-plot/data/unit-worker.ts";

interface Question {
  readonly units: readonly number[];
  readonly mask: Uint8Array | null;
}

/** A worker that writes down what it is asked, and answers when it is told to. */
function heldWorker() {
  const asked: { readonly name: string; readonly units: readonly number[]; answer(): void }[] = [];
  const group = (n: number) => ({ box: { n } }) as unknown as UnitGroup;
  const ask = (name: string, { units, mask }: Question) =>
    new Promise((resolve) => {
      const n = mask?.[0] ?? 0;
      const boxes = units.map((unit) =>
        name === "selectionBoxes"
          ? group(n)
          : ({ unit, groups: [], selection: mask ? group(n) : null } as unknown as UnitBoxes),
      );
      asked.push({ name, units, answer: () => resolve(boxes) });
    });
  const worker = { ask } as unknown as UnitWorker;
  return { worker, asked };
}

const rules: BoxRules = { boxesOf: "tiles", shape: "box", method: "mean", threshold: 0.5 };
const mask = (rows: number) => Uint8Array.of(rows);

async function shownPanels() {
  const { worker, asked } = heldWorker();
  let told = 0;
  const panels = new UnitPanels(() => told++, new AbortController().signal);
  const first = panels.ask(worker, [4, 2], rules, null);
  asked[0]?.answer();
  await first;
  return { worker, asked, panels, told: () => told };
}

const selected = (panels: UnitPanels) => panels.boxes.map(({ unit, selection }) => [unit, selection?.box.n ?? null]);

describe("the boxes of the units on show", () => {
  it("ask of another selection its own boxes alone, and of none nothing", async () => {
    const { worker, asked, panels, told } = await shownPanels();
    const next = panels.ask(worker, [4, 2], rules, mask(3));
    expect(asked.slice(1).map(({ name, units }) => [name, units])).toEqual([["selectionBoxes", [4, 2]]]);
    asked[1]?.answer();
    await next;
    expect(selected(panels)).toEqual([
      [4, 3],
      [2, 3],
    ]);
    await panels.ask(worker, [4, 2], rules, null);
    expect(asked).toHaveLength(2);
    expect(selected(panels)).toEqual([
      [4, null],
      [2, null],
    ]);
    expect(told()).toBe(3);
  });

  it("take a selection of which nothing is left for none", async () => {
    const { worker, asked, panels } = await shownPanels();
    await panels.ask(worker, [4, 2], rules, mask(0));
    expect(asked).toHaveLength(1);
  });

  it("ask for a unit that is not on show alone, and put it in its place", async () => {
    const { worker, asked, panels } = await shownPanels();
    const next = panels.ask(worker, [7, 4], rules, null);
    expect(asked.slice(1).map(({ name, units }) => [name, units])).toEqual([["unitBoxes", [7]]]);
    asked[1]?.answer();
    await next;
    expect(panels.boxes.map(({ unit }) => unit)).toEqual([7, 4]);
  });

  it("ask for all of them anew by other rules", async () => {
    const { worker, asked, panels } = await shownPanels();
    void panels.ask(worker, [4, 2], { ...rules, shape: "violin" }, null);
    expect(asked[1]).toMatchObject({ name: "unitBoxes", units: [4, 2] });
  });

  it("never show an answer that a newer question has overtaken", async () => {
    const { worker, asked, panels } = await shownPanels();
    const older = panels.ask(worker, [4, 2], rules, mask(3));
    const newer = panels.ask(worker, [4, 2], rules, mask(7));
    asked[2]?.answer();
    await newer;
    asked[1]?.answer();
    await older;
    expect(selected(panels)[0]).toEqual([4, 7]);
  });
});
