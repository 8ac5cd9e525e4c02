import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Job } from "../../../src/compute/job.ts";
import { version } from "../../../src/version.ts";
import { acceptProps } from "../../../src/widgets/box-plot/props.ts";
import { BoxPlotSession } from "../../../src/widgets/box-plot/session.ts";
import { boxScene } from "../../../src/widgets/box-plot/view/box-scene.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import { unitTableOf } from "./unit-table-fixture.ts";

const KEY = Symbol.for(`layerscope.compute@${version}`);
const page = globalThis as { [KEY]?: unknown };

/** What the worker is asked; held back where it is of the name in `isHeld` until `release`. */
interface Asked {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}
let asked: Asked[] = [];
let isHeld: "rankUnits" | "permuteUnits" | null = null;
let waiting: (() => void)[] = [];
let life = new AbortController();
let hasSlides = false;
/** What has been left for the saved notebook, the latest last. */
let saved: Uint8Array<ArrayBuffer>[] = [];
/** What the worker has to say in place of a ranking for a selection. */
let refusal: ComputeError | null = null;

function release(): void {
  isHeld = null;
  for (const go of waiting.splice(0)) go();
}

/** What was given up has been heard of by all who waited for it. */
const everythingHeard = () => new Promise<void>((resolve) => setImmediate(resolve));

function answerTo({ name, input }: Asked): unknown {
  if (name === "rankUnits") {
    if (input.mask && refusal) throw refusal;
    const { test } = input.options as { readonly test: "anova" };
    const table = { test, ...(input.mask ? { ranking: Int32Array.of(1, 0, 2, 3) } : {}) };
    const slide = hasSlides ? unitTableOf({ level: "slide", permutationP: null, ...table }) : null;
    return { tile: unitTableOf({ level: "tile", ...table }), slide };
  }
  if (name === "permuteUnits") return Float64Array.of(0.01, 0.02, 0.03, 0.04);
  if (name === "unitBoxes")
    return (input.units as number[]).map((unit) => ({ unit, groups: [], selection: null, range: [0, 1] }));
  if (name === "selectionBoxes") return (input.units as number[]).map(() => ({ box: { n: 1 } }));
  return new Float32Array(4);
}

beforeEach(() => {
  [asked, waiting, isHeld, life] = [[], [], null, new AbortController()];
  hasSlides = false;
  [saved, refusal] = [[], null];
  page[KEY] = {
    warm: () => undefined,
    call: async (name: string, input: Asked["input"], job: Job = {}) => {
      asked.push({ name, input });
      if (isHeld === name)
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          job.onProgress?.({ stage: "Rearranging slides", done: 3400, total: 9999, unit: "permutations" });
          job.signal?.addEventListener("abort", () => resolve());
        });
      if (job.signal?.aborted) throw new ComputeError("cancelled", "Stopped.");
      return answerTo({ name, input });
    },
  };
});
afterEach(() => {
  life.abort();
  delete page[KEY];
});

const data = (rows: number) =>
  inlineProps({
    values: Array.from({ length: rows }, (_, row) => [row, 1, 2, 3]),
    labels: Array.from({ length: rows }, (_, row) => (row % 2 ? "a" : "b")),
  });

function open(
  input: Readonly<Record<string, unknown>> = data(4),
  bring = (_: string): void => undefined,
): BoxPlotSession {
  const nothing = () => undefined;
  const load = () => Promise.reject(new Error("nothing to load"));
  const keep = (picture: Uint8Array<ArrayBuffer>) => saved.push(picture);
  const host = { signal: life.signal, report: nothing, keep, download: nothing, load, bring, again: "" };
  return new BoxPlotSession(acceptProps(input), host);
}

/** What box plots have left for the saved notebook. */
function kept(): { readonly saved: Uint8Array<ArrayBuffer> } {
  const picture = saved.at(-1);
  if (!picture) throw new Error("nothing was kept");
  return { saved: picture };
}

const rowsKept = () =>
  asked
    .filter(({ name }) => name === "keepUnits")
    .map(({ input }) => (input.rows as { readonly values: { readonly rows: number } }).values.rows);

describe("box plots of other data", () => {
  it("are of these data where another test is asked for while they are read", async () => {
    const session = open();
    await session.ready;
    session.update(acceptProps(data(6)));
    session.update({ test: "kruskal" });
    await session.whenAtRest();
    expect(session.read?.rows.values.rows).toBe(6);
    expect(rowsKept()).toEqual([4, 6]);
    expect(session.active?.table.test).toBe("kruskal");
  });

  it("show a unit that is asked for while they are read, by their own values", async () => {
    const session = open();
    await session.ready;
    session.update(acceptProps(data(6)));
    session.update({ unit: 2 });
    await session.whenAtRest();
    const last = asked.findLastIndex(({ name }) => name === "keepUnits");
    expect(asked.slice(0, last).some(({ name }) => name === "unitColumn")).toBe(false);
    expect(asked.slice(last).filter(({ name }) => name === "unitColumn")).toHaveLength(1);
    expect(session.current.unit).toBe(2);
  });
});

describe("what draws maps in space", () => {
  it("is brought once box plots are linked, for the time when nobody can bring it", async () => {
    const brought: string[] = [];
    const session = open(data(4), (part) => brought.push(part));
    await session.ready;
    expect(brought).toEqual([]);
    linkRows([session.rows, new LinkedRows("map", 4)]);
    expect(brought).toContain("plotly");
  });
});

describe("what is asked of box plots", () => {
  it("is answered by the newest test, where that is changed meanwhile", async () => {
    isHeld = "rankUnits";
    const session = open();
    const answer = session.commands.ranking?.({ of: "classes" }, {});
    await expect.poll(() => waiting.length).toBe(1);
    session.update({ test: "kruskal" });
    await everythingHeard();
    release();
    expect((await answer)?.header.test).toBe("kruskal");
  });

  it("is answered of the newest selection, where that is changed meanwhile", async () => {
    const session = open();
    await session.ready;
    isHeld = "rankUnits";
    session.rows.select(Uint8Array.of(0b0001));
    const answer = session.commands.ranking?.({ of: "selection" }, {});
    await expect.poll(() => waiting.length).toBe(1);
    for (const mask of [0b0011, 0b1100, 0b0111]) {
      session.rows.select(Uint8Array.of(mask));
      await everythingHeard();
    }
    release();
    expect((await answer)?.header.selected).toBe(3);
    expect(session.rankings.selection).not.toBeNull();
  });
});

describe("panels of another shape", () => {
  it("keep the shape of the boxes that are there until those of the other have come", async () => {
    const session = open();
    await session.ready;
    session.update({ shape: "violin" });
    expect(boxScene(session, [])?.shape).toBe("box");
    await session.whenAtRest();
    expect(boxScene(session, [])?.shape).toBe("violin");
  });
});

describe("the caption of box plots", () => {
  it("counts the rows that have a class", async () => {
    const session = open({ ...data(4), ...inlineProps({ labels: ["a", null, "b", "a"] }) });
    await session.ready;
    expect(session.caption).toContain("3 of 4 rows in 2 classes");
  });
});

describe("a saved picture of box plots", () => {
  it("shows the ranking of the level that is asked for", async () => {
    await open().ready;
    const session = open(kept());
    const told: string[] = [];
    session.listen((change) => told.push(change), life.signal);
    session.update({ level: "tile" });
    expect(told).toContain("ranking");
  });
});

describe("what a reader has chosen in box plots", () => {
  /** A reader's box plots, with a unit of their own, a pin and another shape. */
  async function chosen(input: Readonly<Record<string, unknown>> = {}): Promise<BoxPlotSession> {
    const session = open({ ...data(4), panels: 2, ...input });
    await session.ready;
    session.choose({ shape: "violin" });
    session.togglePin(3);
    await session.current.show(1);
    await session.whenAtRest();
    return session;
  }

  it("is in the picture of them: pins, the current unit, and the shape of the panels", async () => {
    await chosen();
    const session = open(kept());
    expect([...session.choice.pinned]).toEqual([3]);
    expect(session.current.unit).toBe(1);
    expect(session.panels.boxes.map(({ unit }) => unit)).toEqual([3, 1]);
    expect(boxScene(session, [])?.shape).toBe("violin");
  });

  it("stays where the page can compute again, and linked widgets are shown the unit", async () => {
    await chosen();
    const session = open({ ...data(4), panels: 2, ...kept() });
    session.rows.join(new LinkedRows("map", 4).group);
    expect(session.current.unit).toBe(1);
    await session.whenAtRest();
    expect([...session.choice.pinned]).toEqual([3]);
    expect(session.shown).toEqual([3, 1]);
    expect(session.rows.unit?.index).toBe(1);
  });

  it("is kept while rows are selected, with the panels as they are without these", async () => {
    const session = open({ ...data(4), panels: 1 });
    await session.ready;
    session.rows.select(Uint8Array.of(0b0001));
    await session.whenAtRest();
    expect(saved).toHaveLength(1);
    session.togglePin(3);
    await session.whenAtRest();
    const again = open(kept());
    expect([...again.choice.pinned]).toEqual([3]);
    expect(again.panels.boxes.map(({ unit }) => unit)).toEqual([2]);
  });

  it("gives way to a unit that is asked for since, and stands against one that was asked for before", async () => {
    await chosen({ unit: 0 });
    expect(open({ ...kept(), unit: 0 }).current.unit).toBe(1);
    expect(open({ ...kept(), unit: 2 }).current.unit).toBe(2);
    expect(open(kept()).current.unit).toBe(-1);
  });

  it("means nothing where there are other units", async () => {
    await chosen();
    const values = inlineProps({ values: Array.from({ length: 4 }, (_, row) => [row, 1, 2, 3, 4]) });
    const session = open({ ...data(4), ...values, ...kept() });
    await session.whenAtRest();
    expect([...session.choice.pinned, session.current.unit]).toEqual([-1]);
  });
});

describe("another test that is stopped on its way", () => {
  it("leaves the ranking before on show, and what is told of it", async () => {
    const session = open({ ...data(4), permutations: 0 });
    await session.ready;
    const { caption } = session;
    expect(caption).toContain("(analysis of variance at tile level,");
    isHeld = "rankUnits";
    session.update({ test: "kruskal", method: "median" });
    await expect.poll(() => waiting.length).toBe(1);
    session.cancel();
    await session.whenAtRest();
    release();
    expect(session.caption).toBe(caption);
    expect(session.work.sentence).toBe("Stopped; the ranking is that of the settings before.");
    expect(session.work.actions.map(({ label }) => label)).toEqual(["Run"]);
    const answer = await session.commands.ranking?.({ of: "classes" }, {});
    expect(answer?.header).toMatchObject({ test: "anova", method: "mean" });
    session.rows.select(Uint8Array.of(0b0001));
    await session.whenAtRest();
    expect(session.active?.table.test).toBe("anova");
    session.work.actions[0]?.run();
    await session.whenAtRest();
    expect(session.active?.table.test).toBe("kruskal");
    expect(session.caption).toContain("(Kruskal-Wallis test at tile level,");
  });
});

describe("a permutation test that takes long", () => {
  const slides = () => ({ ...data(4), ...inlineProps({ slides: ["p", "q", "r", "s"] }), permutations: 9999 });

  async function held(): Promise<BoxPlotSession> {
    [hasSlides, isHeld] = [true, "permuteUnits"];
    const session = open(slides());
    await expect.poll(() => waiting.length).toBe(1);
    return session;
  }

  it("is waited for with the ranking and the boxes on show, and said how far it is", async () => {
    const session = await held();
    expect(session.active?.table.level).toBe("slide");
    expect(session.panels.boxes).toHaveLength(4);
    expect(session.rankings.permuting.classes).toBe("running");
    expect(session.work.sentence).toBe("Rearranging slides, 3,400 of 9,999 permutations.");
    expect(session.work.actions.map(({ label }) => label)).toEqual(["Cancel"]);
    expect(session.caption).not.toContain("permutations");
    release();
    await session.ready;
    expect([...(session.active?.table.permutationP ?? [])]).toEqual([0.01, 0.02, 0.03, 0.04]);
    expect(session.caption).toContain("9,999 permutations, seed 42");
  });

  it("leaves all else where it is stopped, and can be done after all", async () => {
    const session = await held();
    session.work.actions[0]?.run();
    await session.ready;
    expect(session.work.isDone).toBe(true);
    expect(session.work.sentence).toBe("Permutations stopped at 3,400 of 9,999; all else is there.");
    expect(session.rankings.permuting.classes).toBe("stopped");
    expect(session.panels.boxes).toHaveLength(4);
    const answer = await session.commands.ranking?.({ of: "classes" }, {});
    expect(answer?.header.permutations).toBe(0);
    const before = asked.length;
    session.work.actions[0]?.run();
    release();
    await session.whenAtRest();
    expect(asked.slice(before).map(({ name }) => name)).toEqual(["permuteUnits"]);
    expect(session.active?.table.permutationP).not.toBeNull();
    expect(session.work.sentence).toBe("");
  });

  it("gives way to other settings, of which it is another one", async () => {
    const session = await held();
    session.update({ test: "kruskal" });
    release();
    await session.whenAtRest();
    expect(session.active?.table.test).toBe("kruskal");
    expect(session.rankings.permuting.classes).toBe("done");
    expect(session.work.sentence).toBe("");
  });
});

describe("the permutation test for a selection", () => {
  it("is told how far it is and can be stopped, with the ranking on show", async () => {
    hasSlides = true;
    const session = open({ ...data(4), ...inlineProps({ slides: ["p", "q", "r", "s"] }) });
    await session.ready;
    isHeld = "permuteUnits";
    session.rows.select(Uint8Array.of(0b0011));
    await expect.poll(() => waiting.length).toBe(1);
    const { rankings } = session;
    expect(session.active?.classes).toBeNull();
    expect(rankings.running?.progress.done).toBe(3400);
    rankings.stopPermutingSelection();
    await session.whenAtRest();
    expect([rankings.permuting.selection, rankings.running]).toEqual(["stopped", null]);
    expect(session.active?.classes).toBeNull();
    expect(session.active?.table.permutationP).toBeNull();
    release();
    session.rows.select(Uint8Array.of(0b0001));
    await session.whenAtRest();
    expect(rankings.permuting.selection).toBe("done");
    expect(session.active?.table.permutationP).not.toBeNull();
  });
});

describe("settings that a reader has changed", () => {
  it("are those of a page that is exported, or a notebook that is reopened", async () => {
    const session = open({ ...data(4), permutations: 0 });
    await session.ready;
    session.choose({ test: "kruskal", panels: 2, axes: "shared" });
    await session.whenAtRest();
    const again = open({ ...data(4), permutations: 0, ...kept() });
    expect(again.props).toMatchObject({ test: "kruskal", panels: 2, axes: "shared" });
    await again.whenAtRest();
    expect(again.active?.table.test).toBe("kruskal");
    expect(again.shown).toHaveLength(2);
  });

  it("give way to what is asked for since", async () => {
    const session = open({ ...data(4), panels: 3 });
    await session.ready;
    session.choose({ panels: 2, axes: "shared" });
    session.update({ axes: "free" });
    await session.whenAtRest();
    expect(open({ ...data(4), panels: 3, ...kept() }).props).toMatchObject({ panels: 2, axes: "free" });
    expect(open({ ...data(4), panels: 4, ...kept() }).props).toMatchObject({ panels: 4 });
  });
});

describe("a selection that the units can't be ranked for", () => {
  it("is not told of by the ranking of the one before", async () => {
    const session = open();
    await session.ready;
    session.rows.select(Uint8Array.of(0b0001));
    await session.whenAtRest();
    expect(session.active?.classes).toBeNull();
    const told: string[] = [];
    session.listen((change) => told.push(change), life.signal);
    refusal = new ComputeError("memory", "There is no room for that.", "Try a sample.");
    session.rows.select(Uint8Array.of(0b0011));
    await session.whenAtRest();
    expect(session.active?.classes).toEqual(["a", "b"]);
    expect(told).toContain("ranking");
    expect(session.work.error).toBe(refusal);
    await expect(session.commands.ranking?.({ of: "selection" }, {})).rejects.toBe(refusal);
    refusal = null;
    session.rows.select(Uint8Array.of(0b0111));
    await session.whenAtRest();
    expect([session.active?.classes, session.work.error]).toEqual([null, null]);
  });
});

describe("slides", () => {
  it("are refused where all are missing", async () => {
    const session = open({ ...data(4), ...inlineProps({ slides: [null, null, null, null] }) });
    await expect(session.ready).rejects.toThrow("slides are all missing. Leave slides out where they are unknown.");
  });
});

describe("a question about boxes", () => {
  it("is about units that are there, each once", async () => {
    const session = open();
    await session.ready;
    const { boxes, boxPlots } = session.commands;
    expect((await boxes?.({ units: [3, 3, 0] }, {}))?.header.shown).toEqual([3, 0]);
    expect((await boxes?.({ units: null }, {}))?.header.shown).toEqual(session.shown);
    for (const units of [[-1], [1.5], [4], -1, [null]])
      for (const command of [boxes, boxPlots])
        await expect(command?.({ units }, {})).rejects.toMatchObject({ kind: "input", remedy: "Units are 0 to 3." });
  });

  it("takes a selection of which nothing is left for none", async () => {
    const session = open();
    await session.ready;
    session.rows.select(new Uint8Array(1));
    const answer = await session.commands.boxes?.({}, {});
    expect(asked.at(-1)?.input.mask).toBeNull();
    expect(answer?.header.groups).toEqual(["a", "b"]);
  });
});

describe("the unit that another widget shows", () => {
  it("is the current one as soon as the units are there", async () => {
    const other = open();
    await other.ready;
    await other.current.show(3);
    const session = open();
    session.rows.join(other.rows.group);
    await session.ready;
    expect(session.current.unit).toBe(3);
  });
});
