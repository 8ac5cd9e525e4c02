import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import type { SaliencyOverlaySession } from "../../../src/widgets/saliency-overlay/session.ts";
import { model, open, pictures, until, useFakeModel } from "./fake-model.ts";

const fake = useFakeModel();
const mapOf = ({ shown }: SaliencyOverlaySession, picture = 0, column = 0) => shown?.pictures[picture]?.maps[column];
const numbers = (map: ReturnType<typeof mapOf>) => Array.from(map?.signed ?? []);
const LETTERS = "integrated_gradients".length;

describe("maps over pictures", () => {
  it("are of the class that the model finds likeliest, with its shares beside them", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    const [picture] = session.shown?.pictures ?? [];
    const exps = [0.125, 0.125, 1].map(Math.exp);
    const sum = exps.reduce((a, b) => a + b);
    for (const [at, share] of exps.entries()) expect(picture?.probabilities[at]).toBeCloseTo(share / sum, 6);
    expect(picture?.classes).toEqual([2]);
    expect(session.shown?.columns[0]).toMatchObject({ name: "integrated gradients", classIdx: null });
    expect(fake().names("saliency")[0]?.input.request).toMatchObject({ target: { class: 2 }, of: "logits", raw: true });
    const map = mapOf(session);
    expect(numbers(map)).toEqual([0.125, 0.125, 1, -0.25].map((value) => Math.fround(value * 3 * LETTERS)));
    expect(Array.from(map?.strength ?? [])).toEqual(numbers(map).map(Math.abs));
    expect(map).toMatchObject({
      isPartial: false,
      score: 3,
      baselineScore: 2,
      notes: ["A note."],
      height: 2,
      width: 2,
    });
    expect(session.caption).toMatch(/^Saliency of net\.onnx for picture 1: integrated gradients, /);
    expect(session.shown).toMatchObject({
      processor: "WebAssembly",
      reason: "WebAssembly: this browser has no WebGPU.",
    });
  });

  it("are of each picture's own class, in every method that is asked for", async () => {
    const methods = [
      { method: "vanilla", smooth: true },
      { method: "xrai_fast", smooth: false },
    ];
    const { session, told } = open({ model, images: pictures(2), imageNames: ["a.png", "b.png"], methods });
    await session.ready;
    expect(session.shown?.columns.map(({ name }) => name)).toEqual(["vanilla gradients, smoothed", "XRAI, fast"]);
    expect(session.shown?.pictures.map(({ name, classes }) => [name, ...classes])).toEqual([
      ["a.png", 2, 2],
      ["b.png", 0, 0],
    ]);
    expect(
      fake()
        .names("saliency")
        .map(({ input }) => input.request.runs[0]),
    ).toEqual([
      { name: "vanilla", method: "vanilla", smooth: true },
      { name: "xrai_fast", method: "xrai_fast", smooth: false },
      { name: "vanilla", method: "vanilla", smooth: true },
      { name: "xrai_fast", method: "xrai_fast", smooth: false },
    ]);
    // Segments have values with a sign.
    expect(mapOf(session, 0, 1)?.strength[3]).toBeLessThan(0);
    expect(told.facts.at(-1)).toEqual({ image: 0, classIdx: 2 });
  });

  it("are about the classes that are asked for by name or number, each a column", async () => {
    const { session, told } = open({ model, images: pictures(1), classIdx: ["wolf", 0] });
    await session.ready;
    expect(session.shown?.columns.map(({ name }) => name)).toEqual([
      "integrated gradients, wolf",
      "integrated gradients, cat",
    ]);
    expect(session.shown?.pictures[0]?.classes).toEqual([2, 0]);
    expect(told.facts.at(-1)).toEqual({ image: 0, classIdx: null });
  });

  it("of a name that no class has are refused before the model is opened", async () => {
    const { session } = open({ model, images: pictures(1), classIdx: ["dogs"] });
    await expect(session.ready).rejects.toThrow('There is no class "dogs". Did you mean "dog"?');
    expect(fake().names("loadModel")).toHaveLength(0);
    const { classes: _, ...nameless } = model;
    await expect(open({ model: nameless, images: pictures(1), classIdx: ["dog"] }).session.ready).rejects.toThrow(
      "the model's classes have no names.",
    );
  });

  it("are refused where there is not one name a class", async () => {
    const { session } = open({ model: { ...model, classes: ["cat", "dog"] }, images: pictures(1) });
    await expect(session.ready).rejects.toThrow("classes has 2 names; net.onnx answers 3 numbers to a picture.");
  });

  it("are not made where the model answers with what is no number", async () => {
    fake().isBroken = true;
    const { session } = open({ model, images: pictures(1), imageNames: ["a.png"] });
    await expect(session.ready).rejects.toThrow("net.onnx answers to a.png with numbers that are none.");
  });

  it("of up to four pictures stand at once, of more the first alone or those that are named", async () => {
    const names = ({ shown }: SaliencyOverlaySession) => shown?.pictures.map(({ number }) => number);
    const [four, five, named] = [
      open({ model, images: pictures(4) }).session,
      open({ model, images: pictures(5) }).session,
      open({ model, images: pictures(5), shown: [3, 1] }).session,
    ];
    await Promise.all([four, five, named].map(({ ready }) => ready));
    expect([names(four), names(five), names(named)]).toEqual([[0, 1, 2, 3], [0], [3, 1]]);
  });

  it("say which of them is being made", async () => {
    const { session } = open({ model, images: pictures(2) });
    fake().held = "saliency";
    await until(() => session.work.sentence.startsWith("Map 1 of 2: Integrated gradients, 12 of 25 gradients"));
    // Both pictures are seen before the first map is made.
    expect(session.shown?.pictures.map(({ maps }) => maps[0]?.isPartial ?? null)).toEqual([true, null]);
    fake().release();
    await session.ready;
    expect(session.shown?.pictures.every(({ maps }) => maps[0]?.isPartial === false)).toBe(true);
  });
});

describe("another class", () => {
  it("is asked for, the map of the one before stands until there is something of it, and going back asks nothing", async () => {
    const { session, told } = open({ model, images: pictures(1) });
    await session.ready;
    const before = mapOf(session);
    fake().held = "saliency";
    const shown: unknown[] = [];
    session.listen((change) => change === "maps" && shown.push(mapOf(session)), new AbortController().signal);
    session.chooseClass(1);
    expect(mapOf(session)).toBe(before);
    await until(() => shown.length > 0);
    expect(mapOf(session)?.isPartial).toBe(true);
    expect(session.shown?.columns[0]?.name).toBe("integrated gradients, dog");
    fake().release();
    await session.whenAtRest();
    expect(numbers(mapOf(session))[2]).toBe(Math.fround(2 * LETTERS));
    expect(told.facts.at(-1)).toEqual({ image: 0, classIdx: 1 });
    expect(fake().names("saliency")).toHaveLength(2);
    session.chooseClass(null);
    await session.whenAtRest();
    expect(mapOf(session)).toBe(before);
    expect(fake().names("saliency")).toHaveLength(2);
    expect(fake().names("features")).toHaveLength(1);
  });
});

describe("a run that is stopped", () => {
  it("leaves the last map and says that it was made before", async () => {
    const { session, told } = open({ model, images: pictures(1) });
    await session.ready;
    const before = mapOf(session);
    fake().held = "saliency";
    session.choose({ options: { xSteps: 200 } });
    await until(() => mapOf(session)?.isPartial === true);
    session.cancel();
    await session.whenAtRest();
    expect(mapOf(session)).toBe(before);
    expect(session.work.sentence).toBe("Stopped: the maps on show were made before.");
    expect(told.statuses.at(-1)?.phase).toBe("stopped");
    fake().release();
    session.work.actions[0]?.run();
    await session.whenAtRest();
    expect(numbers(mapOf(session))[2]).toBe(Math.fround(3 * LETTERS * 200));
  });

  it("half-way leaves what is finished, and of the others each its last", async () => {
    const methods = ["vanilla", "gradcam"].map((method) => ({ method, smooth: false }));
    const { session } = open({ model, images: pictures(1), methods });
    await session.ready;
    const before = mapOf(session, 0, 1);
    fake().held = "saliency";
    fake().letThrough = 1;
    session.choose({ options: { xSteps: 2 } });
    await until(() => mapOf(session, 0, 1)?.isPartial === true);
    session.cancel();
    await session.whenAtRest();
    expect(numbers(mapOf(session, 0, 0))[2]).toBe(3 * "vanilla".length * 2);
    expect(mapOf(session, 0, 1)).toBe(before);
    expect(session.work.sentence).toBe("Stopped: the maps on show were made before.");
  });

  it("leaves the last map of another class, under its own name", async () => {
    const { session } = open({ model, images: pictures(1), classIdx: [0] });
    await session.ready;
    fake().held = "saliency";
    session.chooseClass(1);
    await until(() => mapOf(session)?.isPartial === true);
    session.cancel();
    await session.whenAtRest();
    expect(session.shown?.columns[0]?.name).toBe("integrated gradients, cat");
    expect(session.shown?.pictures[0]?.classes).toEqual([0]);
    expect(mapOf(session)?.isPartial).toBe(false);
  });

  it("leaves what is finished of it, and nothing unfinished where there was nothing before", async () => {
    const { session } = open({ model, images: pictures(2) });
    fake().held = "saliency";
    await until(() => mapOf(session)?.isPartial === true);
    session.cancel();
    await session.whenAtRest();
    expect(session.shown?.pictures.map(({ maps }) => maps[0])).toEqual([null, null]);
    expect(session.work.sentence).toBe("Stopped.");
  });

  it("that is begun anew half-way begins over what was finished", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    const before = mapOf(session);
    fake().held = "saliency";
    session.choose({ options: { xSteps: 100 } });
    await until(() => mapOf(session)?.isPartial === true);
    session.choose({ options: { xSteps: 150 } });
    expect(mapOf(session)).toBe(before);
    await until(() => mapOf(session)?.isPartial === true);
    session.cancel();
    await session.whenAtRest();
    expect(mapOf(session)).toBe(before);
  });
});

describe("what goes wrong", () => {
  it("is told of, and what is on show stays", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    const before = mapOf(session);
    fake().refusal = new ComputeError("input", "There is no layer.", "Take another.");
    session.choose({ methods: [{ method: "gradcam", smooth: false }] });
    await session.whenAtRest();
    expect(session.work.error?.message).toBe("There is no layer. Take another.");
    expect(mapOf(session)).toBe(before);
    expect(session.shown?.columns[0]?.name).toBe("integrated gradients");
  });
});

describe("pictures", () => {
  it("are stepped through, and linked widgets look at the same", async () => {
    const { session, told } = open({ model, images: pictures(5) });
    await session.ready;
    session.step(-1);
    expect(session.wanted[0]?.row).toBe(0);
    session.step(1);
    await session.whenAtRest();
    expect(session.rows.current).toBe(1);
    expect(told.facts.at(-1)).toEqual({ image: 1, classIdx: 0 });
    const other = new LinkedRows("other", 5);
    linkRows([other, session.rows]);
    other.look(4);
    await session.whenAtRest();
    expect(session.shown?.pictures.map(({ number }) => number)).toEqual([4]);
  });

  it("of which a reader chose one stay where only another method is asked for", async () => {
    const { session } = open({ model, images: pictures(5) });
    await session.ready;
    session.step(1);
    session.choose({ methods: [{ method: "vanilla", smooth: false }] });
    await session.whenAtRest();
    expect(session.shown?.pictures.map(({ number }) => number)).toEqual([1]);
  });

  it("are seen anew by another model, and their maps made anew", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    fake().held = "saliency";
    session.update({ model: { ...model, key: "other" } });
    await until(() => fake().names("features").length === 2);
    await until(() => mapOf(session)?.isPartial === true);
    fake().release();
    await session.whenAtRest();
    expect(fake().names("saliency")).toHaveLength(2);
  });
});

describe("how faithful a map is", () => {
  it("is found out once, when it is first asked", async () => {
    const { session } = open({ model, images: pictures(1) });
    const [judged, again] = await Promise.all([0, 1].map(() => session.judge({ picture: 0, column: 0 })));
    expect(judged).toBe(again);
    expect(judged).toMatchObject({ deletionArea: 0.25, insertionArea: 0.75 });
    expect(judged?.blurred).toMatchObject({ width: 2, height: 2 });
    expect(session.faithfulnessOf({ picture: 0, column: 0 })).toBe(judged);
    expect(
      fake()
        .names("judgeSaliency")
        .map(({ input }) => input),
    ).toMatchObject([{ classIdx: 2, steps: 20, sigma: null, height: 2, width: 2, map: mapOf(session)?.strength }]);
    expect(session.work.isDone).toBe(true);
  });

  it("is given up where it is stopped, and may be asked again", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    fake().held = "judgeSaliency";
    const judged = session.judge({ picture: 0, column: 0 });
    await until(() => session.work.share !== null);
    session.cancel();
    await expect(judged).rejects.toMatchObject({ kind: "cancelled" });
    expect(session.work.isDone).toBe(true);
    expect(mapOf(session)?.isPartial).toBe(false);
    fake().release();
    expect(await session.judge({ picture: 0, column: 0 })).toMatchObject({ deletionArea: 0.25 });
  });

  it("is not asked any more where another map is", async () => {
    const { session } = open({ model, images: pictures(1) });
    await session.ready;
    fake().held = "judgeSaliency";
    const judged = session.judge({ picture: 0, column: 0 });
    await until(() => session.work.share !== null);
    session.chooseClass(0);
    await expect(judged).rejects.toMatchObject({ kind: "cancelled" });
    await session.whenAtRest();
    expect(session.shown?.pictures[0]?.classes).toEqual([0]);
    expect(session.faithfulnessOf({ picture: 0, column: 0 })).toBeNull();
  });
});
