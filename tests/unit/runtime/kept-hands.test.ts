import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { FeaturesBegin } from "../../../src/compute/features/features-task.ts";
import type { Hand } from "../../../src/compute/runtime/crew.ts";
import { KeptHands } from "../../../src/compute/runtime/kept-hands.ts";

const IDLE_MS = 1000;
const files = () => ({ glue: new Uint8Array(), wasm: new ArrayBuffer() });
const begin = () => [{ files: files() }, { files: files() }] as unknown as readonly FeaturesBegin[];
const asked = (model: string, plan = "conv") => ({ model, plan, count: 2, begin });
const answer = { rows: 1, blocks: [], features: new Float32Array(), predictions: new Float32Array(), classes: 0 };
const ask = async (hands: readonly Hand<"features">[] | null) =>
  hands?.[0]?.ask({ pictures: new Float32Array(1), rows: 1 });

/** Workers that answer while they are not dismissed. */
function crewOf(size: number) {
  const counts = { begun: 0, dismissed: 0 };
  const handOf = (): Hand<"features"> => {
    let isOpen = true;
    return {
      ask: async () => {
        if (isOpen) return answer;
        throw new ComputeError("cancelled", "Stopped.");
      },
      dismiss: () => {
        if (isOpen) counts.dismissed++;
        isOpen = false;
      },
    };
  };
  const begins = async (_: string, inputs: readonly unknown[]) => {
    counts.begun += inputs.length;
    return inputs.map(handOf);
  };
  return { crew: (() => ({ size, begin: begins })) as never, counts };
}

/** A run that asks a worker when it begins and once more when it is told to end. */
function longRun(hands: KeptHands<"features">, model: string) {
  const told = new EventTarget();
  const turn = (name: string) => new Promise((resolve) => told.addEventListener(name, resolve, { once: true }));
  const [begun, ended] = [turn("begun"), turn("ended")];
  const work = async (begunHands: readonly Hand<"features">[] | null) => {
    await ask(begunHands);
    told.dispatchEvent(new Event("begun"));
    await ended;
    return ask(begunHands);
  };
  const end = () => told.dispatchEvent(new Event("ended"));
  return { begun, end, answer: hands.with(asked(model), work) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("workers with a session each", () => {
  it("are used again for the same model and layers, and begun anew for others", async () => {
    const { crew, counts } = crewOf(2);
    const hands = new KeptHands("features", crew, IDLE_MS);
    for (const plan of ["conv", "conv", "dense"])
      expect(await hands.with(asked("a", plan), async (begun) => begun?.length)).toBe(2);
    expect(counts).toEqual({ begun: 4, dismissed: 2 });
    hands.forget("a");
    expect(counts).toEqual({ begun: 4, dismissed: 4 });
  });

  it("are let go of when a run fails, and when nobody needs them for a while", async () => {
    const { crew, counts } = crewOf(2);
    const hands = new KeptHands("features", crew, IDLE_MS);
    await expect(hands.with(asked("a"), () => Promise.reject(new Error("fell")))).rejects.toThrow("fell");
    expect(counts.dismissed).toBe(2);
    await hands.with(asked("a"), ask);
    vi.advanceTimersByTime(IDLE_MS - 1);
    expect(counts.dismissed).toBe(2);
    vi.advanceTimersByTime(1);
    expect(counts).toEqual({ begun: 4, dismissed: 4 });
  });

  it("are none where none can be started", async () => {
    const hands = new KeptHands("features", crewOf(1).crew);
    expect(await hands.with(asked("a"), async (begun) => begun)).toBeNull();
  });

  it("of two models run beside each other, and neither run stops the other's", async () => {
    const { crew, counts } = crewOf(2);
    const hands = new KeptHands("features", crew, IDLE_MS);
    const long = longRun(hands, "a");
    await long.begun;
    expect(await hands.with(asked("b"), ask)).toBe(answer);
    hands.forget("b");
    long.end();
    expect(await long.answer).toBe(answer);
    expect(counts).toEqual({ begun: 4, dismissed: 2 });
  });

  it("are begun once for two runs that want the same, and stay until the longer is done", async () => {
    const { crew, counts } = crewOf(2);
    const hands = new KeptHands("features", crew, IDLE_MS);
    const [long, short] = [longRun(hands, "a"), hands.with(asked("a"), ask)];
    expect(await short).toBe(answer);
    await long.begun;
    vi.advanceTimersByTime(2 * IDLE_MS);
    hands.forget("a");
    expect(counts).toEqual({ begun: 2, dismissed: 0 });
    long.end();
    expect(await long.answer).toBe(answer);
    expect(counts.dismissed).toBe(2);
  });

  it("are two models' at most: a third run waits for one of them, and can be stopped while it does", async () => {
    const { crew, counts } = crewOf(2);
    const hands = new KeptHands("features", crew, IDLE_MS);
    const controller = new AbortController();
    const [first, second] = [longRun(hands, "a"), longRun(hands, "b")];
    await Promise.all([first.begun, second.begun]);
    const stopped = hands.with(asked("c"), ask, controller.signal);
    const third = hands.with(asked("d"), ask);
    controller.abort();
    await expect(stopped).rejects.toMatchObject({ kind: "cancelled" });
    expect(counts).toEqual({ begun: 4, dismissed: 0 });
    first.end();
    expect(await third).toBe(answer);
    expect(counts).toEqual({ begun: 6, dismissed: 2 });
    second.end();
    expect(await second.answer).toBe(answer);
  });
});
