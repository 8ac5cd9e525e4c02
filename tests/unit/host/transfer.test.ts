import { beforeEach, describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import type { Progress } from "../../../src/compute/job.ts";
import { readPooled } from "../../../src/widgets/host/array-pool.ts";
import { type ByteRoute, CHUNK, Transfer } from "../../../src/widgets/host/transfer.ts";

/** A route that waits to be told when a chunk arrives. */
class ManualRoute implements ByteRoute {
  ended = false;
  readonly asked: { offset: number; length: number; arrive(): void; fail(error: Error): void }[] = [];
  inFlight = 0;
  mostInFlight = 0;

  fetch(_key: string, offset: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    return new Promise<Uint8Array<ArrayBuffer>>((resolve, reject) => {
      this.asked.push({
        offset,
        length,
        arrive: () => resolve(new Uint8Array(length).fill(1 + offset / CHUNK)),
        fail: reject,
      });
    }).finally(() => this.inFlight--);
  }

  async arriveAll(): Promise<void> {
    for (let next = 0; next < this.asked.length; next++) {
      this.asked[next]?.arrive();
      await settle();
    }
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve));
const TOTAL = 4 * CHUNK + 100;

describe("a transfer", () => {
  it("asks for chunks of at most 8 MiB, at most three at a time, and puts them in their places", async () => {
    const route = new ManualRoute();
    const reading = new Transfer("k", TOTAL).join(route, {});
    await settle();
    expect(route.asked.map(({ offset }) => offset)).toEqual([0, CHUNK, 2 * CHUNK]);
    // They may arrive in any order.
    route.asked[2]?.arrive();
    await settle();
    expect(route.asked.length).toBe(4);
    await route.arriveAll();
    const bytes = await reading;
    expect(route.mostInFlight).toBe(3);
    expect(Math.max(...route.asked.map(({ length }) => length))).toBe(8 * 2 ** 20);
    expect([0, CHUNK, 2 * CHUNK, 3 * CHUNK, 4 * CHUNK].map((place) => bytes[place])).toEqual([1, 2, 3, 4, 5]);
    expect(bytes.length).toBe(TOTAL);
  });

  it("says how far it is in megabytes", async () => {
    const route = new ManualRoute();
    const steps: Progress[] = [];
    const reading = new Transfer("k", TOTAL).join(route, { onProgress: (progress) => steps.push(progress) });
    await settle();
    await route.arriveAll();
    await reading;
    expect(steps.at(0)).toEqual({ stage: "Sending", done: 8.4, total: 34, unit: "MB" });
    expect(steps.at(-1)).toEqual({ stage: "Sending", done: 34, total: 34, unit: "MB" });
  });

  it("is cancelled at once by the reader's signal, and asks for nothing more", async () => {
    const route = new ManualRoute();
    const stop = new AbortController();
    const transfer = new Transfer("k", TOTAL);
    const reading = transfer.join(route, { signal: stop.signal });
    await settle();
    stop.abort();
    await expect(reading).rejects.toMatchObject({ kind: "cancelled" });
    expect(transfer.broken).toBe(true);
    await route.arriveAll();
    expect(route.asked.length).toBe(3);
  });

  it("goes on for the second reader when the first is cancelled, and crosses once", async () => {
    const route = new ManualRoute();
    const stop = new AbortController();
    const transfer = new Transfer("k", TOTAL);
    const first = transfer.join(route, { signal: stop.signal });
    const second = transfer.join(route, {});
    await settle();
    stop.abort();
    await expect(first).rejects.toMatchObject({ kind: "cancelled" });
    await route.arriveAll();
    expect((await second).length).toBe(TOTAL);
    expect(route.asked.length).toBe(5);
  });

  it("goes on by the second reader's route when the first widget has ended", async () => {
    const [gone, left] = [new ManualRoute(), new ManualRoute()];
    const stop = new AbortController();
    const transfer = new Transfer("k", TOTAL);
    const first = transfer.join(gone, { signal: stop.signal });
    const second = transfer.join(left, {});
    await settle();
    gone.ended = true;
    stop.abort();
    for (const chunk of gone.asked) chunk.fail(new ComputeError("cancelled", "Stopped."));
    await expect(first).rejects.toMatchObject({ kind: "cancelled" });
    await settle();
    await left.arriveAll();
    expect((await second)[4 * CHUNK]).toBe(5);
  });

  it("fails for all its readers when Python has gone", async () => {
    const route = new ManualRoute();
    const transfer = new Transfer("k", TOTAL);
    const readings = [transfer.join(route, {}), transfer.join(route, {})];
    await settle();
    route.asked[0]?.fail(new ComputeError("lost", "Python has stopped."));
    for (const reading of readings) await expect(reading).rejects.toMatchObject({ kind: "lost" });
    expect(transfer.broken).toBe(true);
  });

  it("refuses a chunk that is cut", async () => {
    const route: ByteRoute = { ended: false, fetch: async () => new Uint8Array(3) };
    await expect(new Transfer("k", 10).join(route, {})).rejects.toThrow(
      "The data are cut: 3 bytes came, 10 were asked for.",
    );
  });

  it("refuses what no page can hold, with its size", () => {
    expect(() => new Transfer("k", 2 ** 53)).toThrow(/The data take 9007199255 MB, more than this page can hold\./);
  });
});

describe("the page's arrays", () => {
  let route: ManualRoute;
  let count = 0;
  beforeEach(() => {
    route = new ManualRoute();
    count++;
  });
  const key = () => `key-${count}`;
  const arriving = async (reading: Promise<unknown>) => {
    await settle();
    await route.arriveAll();
    return reading;
  };

  it("cross once for any number of readers, at once or one after the other", async () => {
    const life = new AbortController();
    const both = Promise.all([1, 2].map(() => readPooled(key(), 10, route, life.signal, {})));
    await arriving(both);
    await readPooled(key(), 10, route, new AbortController().signal, {});
    expect(route.asked.length).toBe(1);
  });

  it("are given back when the last widget that read them has ended", async () => {
    const lives = [new AbortController(), new AbortController()];
    await arriving(Promise.all(lives.map(({ signal }) => readPooled(key(), 10, route, signal, {}))));
    lives[0]?.abort();
    await readPooled(key(), 10, route, lives[1]?.signal ?? new AbortController().signal, {});
    expect(route.asked.length).toBe(1);
    lives[1]?.abort();
    await arriving(readPooled(key(), 10, route, new AbortController().signal, {}));
    expect(route.asked.length).toBe(2);
  });

  it("are asked for again after a reading that was cancelled", async () => {
    const life = new AbortController();
    const stop = new AbortController();
    const cancelled = readPooled(key(), 10, route, life.signal, { signal: stop.signal });
    await settle();
    stop.abort();
    await expect(cancelled).rejects.toMatchObject({ kind: "cancelled" });
    expect(await arriving(readPooled(key(), 10, route, life.signal, {}))).toHaveLength(10);
  });
});
