import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { packSaliency, unpackSaliency } from "../../../src/widgets/saliency-overlay/data/saved-saliency.ts";
import type { SaliencyOverlaySession } from "../../../src/widgets/saliency-overlay/session.ts";
import { unpackArrays } from "../../../src/widgets/work/pack-arrays.ts";
import { forgetModels, model, open, pictures, until, useFakeModel } from "./fake-model.ts";

const fake = useFakeModel();

async function ask(session: SaliencyOverlaySession, name: string, options: Readonly<Record<string, unknown>> = {}) {
  const answer = await session.commands[name]?.(options, {});
  if (!answer) throw new Error(`no command ${name}`);
  return answer;
}

/** Two pictures with two maps each, from 0 to 1. */
const given = Float32Array.from({ length: 16 }, (_, at) => at / 15);

describe("what Python and a page's script ask", () => {
  it("are maps as they are drawn, once those that are being made are there", async () => {
    const { session } = open({ model, images: pictures(2), percentile: 100 });
    const { header, bytes } = await ask(session, "mask");
    expect(header).toEqual({
      shape: [2, 1, 2, 2],
      dtype: "float32",
      names: ["integrated gradients"],
      classes: [[2], [0]],
    });
    const [first] = session.shown?.pictures ?? [];
    const strength = first?.maps[0]?.strength ?? [];
    const [least, most] = [Math.min(...strength), Math.max(...strength)];
    const drawn = new Float32Array(bytes.buffer, 0, 4);
    for (const [at, value] of [...strength].entries())
      expect(drawn[at]).toBeCloseTo((value - least) / (most - least), 6);
  });

  it("are the sums with their signs", async () => {
    const { session } = open({ model, images: pictures(1) });
    const { header, bytes } = await ask(session, "raw");
    expect(header.shape).toEqual([1, 1, 2, 2]);
    expect(new Float32Array(bytes.buffer)).toEqual(session.shown?.pictures[0]?.maps[0]?.signed);
  });

  it("is how faithful a map is", async () => {
    const { session } = open({ model, images: pictures(1) });
    const { header, bytes } = await ask(session, "curves", { picture: 0, column: 0 });
    expect(header).toMatchObject({ deletionArea: 0.25, insertionArea: 0.75 });
    const found = unpackArrays({ arrays: header.arrays as never, bytes });
    expect([...found.keys()]).toEqual(["shares", "deletion", "insertion"]);
    expect(found.get("deletion")).toEqual(Float32Array.of(1, 0.5, 0));
    await expect(ask(session, "curves", { picture: 1 })).rejects.toThrow("There is no picture 1 on show. Pass 0.");
    await expect(ask(session, "curves", { column: "a" })).rejects.toThrow("There is no column a on show. Pass 0.");
  });

  it("is answered with why there is nothing", async () => {
    const { session } = open({ model, images: pictures(1), classIdx: ["bird"] });
    await expect(ask(session, "mask")).rejects.toThrow('There is no class "bird". There are cat, dog, wolf.');
  });

  it("is answered with why it failed, and not with the maps of an earlier question, which stay on show", async () => {
    const { session } = open({ model, images: pictures(1) });
    await ask(session, "mask");
    session.update({ classIdx: ["bird"] });
    await expect(ask(session, "mask")).rejects.toThrow('There is no class "bird". There are cat, dog, wolf.');
    expect(session.shown?.pictures[0]?.maps[0]).toBeTruthy();
  });

  it("is answered with the maps as before when only a file that a reader gave was refused", async () => {
    const { session } = open({ model, images: pictures(1) });
    const { bytes } = await ask(session, "mask");
    session.give(new Blob(["none"], { type: "image/png" }), "broken.png");
    await session.whenAtRest();
    expect(session.work.error?.kind).toBe("input");
    expect((await ask(session, "mask")).bytes).toEqual(bytes);
  });
});

describe("maps that were made elsewhere", () => {
  const maps = sourceOf(given, [2, 2, 2, 2]);

  it("are shown as they are, without a model", async () => {
    const { session, told } = open({ images: pictures(2), maps, mapNames: ["mine", "theirs"] });
    await session.ready;
    const { shown } = session;
    expect(shown).toMatchObject({ model: "", processor: "" });
    expect(shown?.columns).toMatchObject([
      { name: "mine", method: null },
      { name: "theirs", method: null },
    ]);
    expect(shown?.pictures.map(({ classes, probabilities }) => [...classes, probabilities.length])).toEqual([
      [null, null, 0],
      [null, null, 0],
    ]);
    expect(shown?.pictures[1]?.maps[0]?.strength).toEqual(given.slice(8, 12));
    // The range tells what the numbers of a picture are: these are from 0 to 1.
    expect(shown?.pictures[0]?.pixels.data[8]).toBe(255);
    expect(new Float32Array((await ask(session, "mask")).bytes.buffer)).toEqual(given);
    expect(told.facts.at(-1)).toEqual({ image: 0, classIdx: null });
    expect(session.caption).toMatch(/^Saliency maps for picture 1 and picture 2: mine; theirs, /);
    await expect(session.judge({ picture: 0, column: 0 })).rejects.toMatchObject({ kind: "lost" });
    expect(fake().asked).toHaveLength(0);
  });

  it("are about a class, and judged, where the model is there", async () => {
    const { session } = open({ model, images: pictures(2), maps, classIdx: ["dog", "cat"] });
    await session.ready;
    expect(session.shown?.pictures[0]?.classes).toEqual([1, 0]);
    expect(session.shown?.pictures[0]?.probabilities).toHaveLength(3);
    expect(await session.judge({ picture: 0, column: 1 })).toMatchObject({ insertionArea: 0.75 });
    expect(fake().names("judgeSaliency")[0]?.input).toMatchObject({ classIdx: 0, map: given.slice(4, 8) });
    expect(fake().names("saliency")).toHaveLength(0);
  });

  it("are not there of a picture that a reader gives: what is on show stays", async () => {
    const { session } = open({ images: pictures(2), maps });
    await session.ready;
    session.give(new Blob([], { type: "image/png" }), "new.png");
    await session.whenAtRest();
    expect(session.work.error?.message).toContain("There is no map of new.png: maps were given.");
    expect(session.shown?.pictures).toHaveLength(2);
    expect(session.wanted).toHaveLength(2);
  });

  it("of classes that are not one a column are refused", async () => {
    const { session } = open({ model, images: pictures(2), maps, classIdx: [0, 1, 2] });
    await expect(session.ready).rejects.toThrow("3 classes for 2 columns of maps. Pass one class, or one a column.");
  });
});

describe("a saved notebook", () => {
  it("keeps pictures, maps and what a reader has set, and shows them where there is no model", async () => {
    const { session, told } = open({ model, images: pictures(2), imageNames: ["a", "b"] });
    await session.ready;
    session.choose({ methods: [{ method: "vanilla", smooth: false }], opacity: 0.5 });
    await session.whenAtRest();
    await until(() => told.saved !== null);
    const kept = await (async () => {
      for (;;) {
        const { settings } = await unpackSaliency(told.saved ?? new Uint8Array());
        if ("opacity" in settings) return told.saved;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    const { session: reopened } = open({ saved: kept });
    await reopened.ready;
    expect(reopened.props).toMatchObject({ opacity: 0.5, methods: [{ method: "vanilla" }] });
    expect(reopened.work.sentence).toBe("Saved picture. Run the cell to compute again.");
    const [before, after] = [session.shown, reopened.shown];
    expect(after?.columns).toEqual(before?.columns);
    for (const [row, picture] of (before?.pictures ?? []).entries()) {
      const same = after?.pictures[row];
      expect(same?.pixels).toEqual(picture.pixels);
      expect(same?.probabilities).toEqual(picture.probabilities);
      const [map, its] = [picture.maps[0], same?.maps[0]];
      expect({ ...its, strength: 0, signed: 0 }).toEqual({ ...map, strength: 0, signed: 0 });
      const most = Math.max(...(map?.strength ?? []));
      for (const kind of ["strength", "signed"] as const)
        for (const [at, value] of (map?.[kind] ?? []).entries())
          expect(Math.abs(value - (its?.[kind][at] ?? 0))).toBeLessThan((2 / 127) * most);
    }
  });

  it("answers what is asked at once, before its picture is read, where the model is out of reach", async () => {
    const { session, told } = open({ model, images: pictures(1) });
    await session.ready;
    await until(() => told.saved !== null);
    forgetModels();
    const gone = () => Promise.reject(new ComputeError("lost", "The kernel has gone."));
    const reopened = open({ model, images: pictures(1), saved: told.saved }, gone).session;
    const { header } = await ask(reopened, "raw");
    expect(header.shape).toEqual([1, 1, 2, 2]);
    expect(reopened.work.sentence).toBe("Saved picture. Run the cell to compute again.");
    await expect(reopened.judge({ picture: 0, column: 0 })).rejects.toMatchObject({ kind: "lost" });
  });

  it("keeps a large picture smaller, each place the mean of those that it stands for", async () => {
    const side = 1600;
    const strength = Float32Array.from({ length: side * side }, (_, at) => (at % side) / side);
    const pixels = { width: side, height: side, data: new Uint8ClampedArray(side * side * 4).fill(255) };
    const map = { height: side, width: side, strength, signed: strength, isPartial: false, layer: null, notes: [] };
    const facts = { score: null, baselineScore: null, completeness: null };
    const picture = { key: "a", name: "a", number: 0, pixels, probabilities: new Float32Array(), classes: [null] };
    const column = { method: null, smooth: false, classIdx: null, name: "map" };
    const told = { model: "", processor: "", reason: "", columns: [column], classNames: null };
    const large = { ...told, pictures: [{ ...picture, maps: [{ ...map, ...facts }] }] };
    const { shown } = await unpackSaliency(await packSaliency({ shown: large, settings: {} }));
    const [kept] = shown.pictures;
    expect(kept?.pixels).toMatchObject({ width: 534, height: 534 });
    expect(kept?.pixels.data.every((value) => value === 255)).toBe(true);
    expect(kept?.maps[0]).toMatchObject({ height: 534, width: 534 });
    const middle = kept?.maps[0]?.strength[534 * 5 + 267] ?? 0;
    expect(middle).toBeCloseTo((267 * 3 + 1) / side, 2);
  });

  it("that is damaged is told of", async () => {
    const { session } = open({ saved: Uint8Array.of(1, 2, 3) });
    await expect(session.ready).rejects.toThrow("The saved picture can't be read by this version. Run the cell again.");
  });
});
