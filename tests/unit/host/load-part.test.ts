import { gzipSync } from "node:zlib";
import { afterEach, expect, it, vi } from "vitest";
import type { KernelLine } from "../../../src/widgets/host/kernel-line.ts";
import { bringPart, loadEngine } from "../../../src/widgets/host/load-part.ts";
import { newId } from "../../../src/widgets/host/new-id.ts";

/** A line whose other end answers with a part, and how often it was asked. */
function lineWithPart() {
  const ask = vi.fn(async () => ({ content: {}, buffers: [new Uint8Array(gzipSync("export const drawn = 1"))] }));
  return { ask, line: { ask } as unknown as KernelLine };
}

afterEach(() => vi.unstubAllGlobals());

it("a part is brought to the page once, however many widgets want it there", async () => {
  const { ask, line } = lineWithPart();
  const version = newId();
  await Promise.all([bringPart("plotly", version, line), bringPart("plotly", version, line)]);
  expect(ask).toHaveBeenCalledTimes(1);
});

it("a part that could not be had is asked for again", async () => {
  const { ask, line } = lineWithPart();
  ask.mockRejectedValueOnce(new Error("gone"));
  const version = newId();
  await expect(bringPart("plotly", version, line)).rejects.toThrow("gone");
  await bringPart("plotly", version, line);
  expect(ask).toHaveBeenCalledTimes(2);
});

it("a page that carries a part in itself neither asks for it nor unpacks it before it is used", async () => {
  const { ask, line } = lineWithPart();
  const read = vi.fn();
  Object.assign(globalThis, {
    [Symbol.for("layerscope.embedded")]: { has: (key: string) => key === "part-plotly", read },
  });
  await bringPart("plotly", newId(), line);
  Object.assign(globalThis, { [Symbol.for("layerscope.embedded")]: undefined });
  expect(ask).not.toHaveBeenCalled();
  expect(read).not.toHaveBeenCalled();
});

it("an exported page that was written without the engine says so, and asks nobody for it", async () => {
  const { ask, line } = lineWithPart();
  const embedded = Symbol.for("layerscope.embedded");
  Object.assign(globalThis, { [embedded]: { has: () => false } });
  await expect(loadEngine(newId(), line)).rejects.toMatchObject({
    kind: "input",
    reason: "This page was written without the engine that reads models.",
  });
  Object.assign(globalThis, { [embedded]: undefined });
  expect(ask).not.toHaveBeenCalled();
});

it.each([
  ["that waits for promises by itself gets the engine for that", { Suspending: class {} }, "engine-jspi"],
  ["that can't gets the one that runs everywhere", {}, "engine"],
])("a browser %s", async (_, more, build) => {
  const { ask, line } = lineWithPart();
  vi.stubGlobal("WebAssembly", more);
  await loadEngine(newId(), line);
  expect(ask.mock.calls).toEqual([
    ["part?", { name: build }],
    ["part?", { name: `${build}-wasm` }],
  ]);
});

it("an exported page starts the engine that it carries, which runs wherever it is opened", async () => {
  const { ask, line } = lineWithPart();
  const read = vi.fn(async (_key: string) => new Uint8Array(3));
  vi.stubGlobal("WebAssembly", { Suspending: class {} });
  const embedded = Symbol.for("layerscope.embedded");
  Object.assign(globalThis, { [embedded]: { has: () => true, read } });
  await loadEngine(newId(), line);
  Object.assign(globalThis, { [embedded]: undefined });
  expect(read.mock.calls).toEqual([["part-engine"], ["part-engine-wasm"]]);
  expect(ask).not.toHaveBeenCalled();
});
