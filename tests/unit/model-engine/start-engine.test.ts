import { afterEach, expect, it, vi } from "vitest";
import type { Ort } from "../../../src/compute/model/engine/ort.ts";
import { startEngine, startedEngine } from "../../../src/compute/model/engine/start-engine.ts";
import { nodeOrt } from "./node-engine.ts";

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** A worker in which the glue's script leaves this. */
function workerWith(engine: unknown): { readonly taken: string[] } {
  const taken: string[] = [];
  vi.stubGlobal("importScripts", (address: string) => {
    taken.push(address);
    vi.stubGlobal("layerscopeEngine", engine);
  });
  return { taken };
}

const files = { glue: new Uint8Array(), wasm: new ArrayBuffer(8) };
const ortThat = (create: () => Promise<unknown>) =>
  ({ ...nodeOrt, env: { wasm: {} }, InferenceSession: { create } }) as unknown as Ort;

it("nobody can ask an engine that was not started", async () => {
  await expect(startedEngine()).rejects.toMatchObject({ kind: "lost" });
});

it("files of two builds, which wait for each other without end, are given up after a minute", async () => {
  vi.useFakeTimers();
  workerWith(ortThat(() => new Promise(() => undefined)));
  const starting = startEngine(files);
  const failed = expect(starting).rejects.toMatchObject({ reason: "The engine for models did not start in 60 s." });
  await vi.advanceTimersByTimeAsync(60_000);
  await failed;
  await expect(startedEngine()).rejects.toMatchObject({ kind: "lost" });
});

it("a script that is none is refused, and so is whoever is no worker", async () => {
  workerWith(undefined);
  await expect(startEngine(files)).rejects.toThrow("The engine's script is not what it should be.");
  vi.unstubAllGlobals();
  await expect(startEngine(files)).rejects.toThrow("Models run in a worker.");
});

it("is started once, alone in its thread, with the WebAssembly that it was given", async () => {
  const ort = ortThat(async () => ({ run: async () => ({}), release: async () => undefined }));
  const { taken } = workerWith(ort);
  const [one, other] = await Promise.all([startEngine(files), startEngine(files)]);
  expect(other).toBe(one);
  expect(await startedEngine()).toBe(one);
  expect(taken).toHaveLength(1);
  expect(ort.env.wasm).toMatchObject({ numThreads: 1, proxy: false, wasmBinary: files.wasm });
});
