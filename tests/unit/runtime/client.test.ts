import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { ComputeClient, type WorkerLike } from "../../../src/compute/runtime/client.ts";
import type { Reply, Request } from "../../../src/compute/runtime/functions.ts";
import { LayoutControl } from "../../../src/compute/umap/layout/layout-control.ts";
import { LayoutPictures } from "../../../src/compute/umap/layout/layout-pictures.ts";

/** A worker whose answers the test writes. */
class Worker implements WorkerLike {
  readonly heard: Request[] = [];
  terminated = false;
  #message: (event: MessageEvent<Reply>) => void = () => undefined;
  #error: (event: ErrorEvent) => void = () => undefined;
  #unread: (event: MessageEvent) => void = () => undefined;

  postMessage(message: Request): void {
    this.heard.push(message);
  }
  addEventListener(type: string, listener: unknown): void {
    if (type === "message") this.#message = listener as (event: MessageEvent<Reply>) => void;
    else if (type === "error") this.#error = listener as (event: ErrorEvent) => void;
    else if (type === "messageerror") this.#unread = listener as (event: MessageEvent) => void;
  }
  terminate(): void {
    this.terminated = true;
  }
  say(reply: Reply): void {
    this.#message({ data: reply } as MessageEvent<Reply>);
  }
  sayUnreadably(): void {
    this.#unread({} as MessageEvent);
  }
  die(message: string): void {
    this.#error({ message } as ErrorEvent);
  }
}

function start() {
  const workers: Worker[] = [];
  const client = new ComputeClient(() => {
    const worker = new Worker();
    workers.push(worker);
    return worker;
  });
  return { client, workers };
}

const input = { positions: new Float32Array(4) };

describe("the worker's client", () => {
  it("starts no worker before its first call, and one for all calls", () => {
    const { client, workers } = start();
    expect(workers).toHaveLength(0);
    void client.call("indexPoints", input);
    void client.call("indexPoints", input);
    expect(workers).toHaveLength(1);
  });

  it("can be warmed up: the first call finds its worker running", () => {
    const { client, workers } = start();
    client.warm();
    expect(workers).toHaveLength(1);
    void client.call("indexPoints", input);
    expect(workers).toHaveLength(1);
  });

  it("hands each answer to the call it belongs to", async () => {
    const { client, workers } = start();
    const first = client.call("indexPoints", input);
    const second = client.call("indexPoints", input);
    workers[0]?.say({ kind: "result", id: 2, result: "two" });
    workers[0]?.say({ kind: "result", id: 1, result: "one" });
    expect(await Promise.all([first, second])).toEqual(["one", "two"]);
  });

  it("passes asks for pictures on, and the pictures back, until the call is done", async () => {
    const { client, workers } = start();
    const pictures = new LayoutPictures();
    const call = client.call("indexPoints", input, { pictures });
    const seen = { affine: [1, 0, 0, 1, 0, 0], width: 1, height: 1, diameter: 2, ring: 1, floor: 0.5 } as const;
    const ask = (number: number) => ({ view: 1, number, picture: { ...seen, grey: [0, 0, 0], dense: 1 } as const });
    const first = pictures.ask(ask(1));
    expect(workers[0]?.heard.at(-1)).toEqual({ kind: "draw", id: 1, ask: ask(1) });
    const picture = { view: 1, number: 1, pixels: new Uint8ClampedArray(4), dense: 1, measured: null };
    workers[0]?.say({ kind: "picture", id: 1, picture });
    expect(await first).toBe(picture);
    const second = pictures.ask(ask(2));
    workers[0]?.say({ kind: "result", id: 1, result: "map" });
    expect(await call).toBe("map");
    expect(await second).toBeNull();
    expect(pictures.hasEnded).toBe(true);
    workers[0]?.say({ kind: "picture", id: 1, picture });
    expect(workers[0]?.heard.filter(({ kind }) => kind === "draw")).toHaveLength(2);
  });

  it("passes on progress", async () => {
    const { client, workers } = start();
    const heard: number[] = [];
    const call = client.call("indexPoints", input, { onProgress: ({ done }) => heard.push(done) });
    workers[0]?.say({ kind: "progress", id: 1, progress: { stage: "s", done: 5, total: 9, unit: "rows" } });
    workers[0]?.say({ kind: "result", id: 1, result: null });
    await call;
    expect(heard).toEqual([5]);
  });

  it("gives errors with cause and remedy apart, as they were thrown", async () => {
    const { client, workers } = start();
    const call = client.call("indexPoints", input);
    workers[0]?.say({ kind: "error", id: 1, error: new ComputeError("input", "Bad.", "Mend it.", "x").toJSON() });
    await expect(call).rejects.toMatchObject({ kind: "input", reason: "Bad.", remedy: "Mend it.", details: "x" });
    await expect(call).rejects.toBeInstanceOf(ComputeError);
  });

  it("asks the worker to stop, and leaves the answer to it", async () => {
    const { client, workers } = start();
    const controller = new AbortController();
    const call = client.call("indexPoints", input, { signal: controller.signal });
    controller.abort();
    expect(workers[0]?.heard.at(-1)).toEqual({ kind: "cancel", id: 1 });
    workers[0]?.say({ kind: "result", id: 1, result: "so far" });
    expect(await call).toBe("so far");
  });

  it("passes on what a control is told before, during and not after the call", async () => {
    const { client, workers } = start();
    const control = new LayoutControl();
    control.pause();
    const call = client.call("indexPoints", input, { control });
    control.step(3);
    expect(workers[0]?.heard.slice(1)).toEqual([
      { kind: "tell", id: 1, order: { kind: "pause" } },
      { kind: "tell", id: 1, order: { kind: "step", rounds: 3 } },
    ]);
    workers[0]?.say({ kind: "result", id: 1, result: null });
    await call;
    control.resume();
    expect(workers[0]?.heard).toHaveLength(3);
  });

  it("does not begin what was cancelled before", async () => {
    const { client, workers } = start();
    await expect(client.call("indexPoints", input, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: "cancelled",
    });
    expect(workers).toHaveLength(0);
  });

  it("fails what was under way when the worker dies, and starts another for the next call", async () => {
    const { client, workers } = start();
    const call = client.call("indexPoints", input);
    workers[0]?.die("out of memory");
    await expect(call).rejects.toMatchObject({ kind: "lost", details: "out of memory" });
    void client.call("indexPoints", input);
    expect(workers).toHaveLength(2);
    expect(workers[0]?.terminated).toBe(true);
  });

  it("fails what was under way when an answer can't be read, for it can't be told whose it was", async () => {
    const { client, workers } = start();
    const calls = [client.call("indexPoints", input), client.call("indexPoints", input)];
    workers[0]?.sayUnreadably();
    for (const call of calls)
      await expect(call).rejects.toMatchObject({ kind: "lost", details: "an answer could not be read" });
    expect(workers[0]?.terminated).toBe(true);
  });
});
