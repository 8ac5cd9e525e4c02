import { readFileSync } from "node:fs";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { engineWith, type ImaginedGpu, stubGpu } from "../model-engine/imagined-gpu.ts";
import { picturesFor } from "./open-networks.ts";

beforeAll(stubGpu);
afterEach(() => vi.restoreAllMocks());

const asked = { target: { class: 1 } } as const;

/** The small network on an imagined GPU, right until it was opened. */
async function opened(gpu: ImaginedGpu) {
  const bytes = Uint8Array.from(readFileSync("tests/reference/models/tinynet.onnx"));
  const engine = engineWith(gpu);
  const model = await readModel([{ name: "tinynet.onnx", bytes }], null);
  const open = await OpenModel.open(engine, model, { processor: "webgpu", shape: null });
  return { engine, open, gradients: new ModelGradients(engine, open) };
}

async function rightGradient(): Promise<Float32Array> {
  const { open, engine } = await opened({});
  open.fallBack(Object.assign(new Error("none"), { details: "", reason: "none" }) as never);
  const session = await new ModelGradients(engine, open).gradient(asked);
  return (await session.run(picturesFor(open), 1)).gradients;
}

test("a GPU that is right for the model and wrong for a gradient leaves gradients to the CPU, and that is said", async () => {
  let isWrong = false;
  const { open, gradients } = await opened({ answers: (data) => isWrong && data.fill(1) });
  isWrong = true;
  const session = await gradients.gradient(asked);
  expect(session.processor).toBe("WebGPU");
  const { gradients: found } = await session.run(picturesFor(open), 1);
  expect([session.processor, open.processor]).toEqual(["CPU", "WebGPU"]);
  expect(session.reason).toBe("CPU: WebGPU gave other numbers for a probe's gradient.");
  expect(relativeDifference(found, await rightGradient())).toBeLessThan(1e-6);
});

test("with a GPU that fails on the way the CPU goes on", async () => {
  const gpu: ImaginedGpu = {};
  const { open, gradients } = await opened(gpu);
  const session = await gradients.gradient(asked);
  await session.run(picturesFor(open), 1);
  expect(session.processor).toBe("WebGPU");
  gpu.fails = "device was lost";
  const { gradients: found } = await session.run(picturesFor(open), 1);
  expect(session.reason).toBe("CPU: WebGPU failed (device was lost).");
  expect(relativeDifference(found, await rightGradient())).toBeLessThan(1e-6);
});

test("two sessions are kept at most, for whichever class, and none after the model was let go", async () => {
  const sessions = new Set<unknown>();
  const { open, gradients } = await opened({ open: sessions });
  await open.release();
  const run = async (target: { class: number }, at?: string) => {
    const session = await gradients.gradient(at === undefined ? { target } : { target, at });
    await session.run(picturesFor(open), 1);
    return sessions.size;
  };
  expect(await run({ class: 0 })).toBe(1);
  expect(await run({ class: 1 })).toBe(1);
  expect(await run({ class: 0 }, "relu1")).toBe(2);
  expect(await run({ class: 0 }, "relu3")).toBe(2);
  await gradients.release();
  expect(sessions.size).toBe(0);
});

test("what does not fit is refused beforehand, with the number of pictures that was asked for", async () => {
  const { gradients } = await opened({});
  await expect(gradients.plan({ ...asked, batch: 40_000 })).rejects.toThrow(
    /^The gradient of tinynet\.onnx for 40000 pictures at a time needs about [\d.]+ GB, .* Take fewer pictures at a time\.$/,
  );
});
