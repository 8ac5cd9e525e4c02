import { describe, expect, test } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import { runnablePart } from "../../../../src/compute/model/engine/runnable-part.ts";
import { findLayer } from "../../../../src/compute/model/layers/find-layer.ts";
import { summaryText } from "../../../../src/compute/model/layers/summary-text.ts";
import type { ModelFile } from "../../../../src/compute/model/loaded-model.ts";
import { foreignOperators } from "../../../../src/compute/model/onnx/foreign-operators.ts";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { cutGraph } from "../../../../src/compute/model/onnx/write/cut-graph.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { filesOf, goldenModel } from "./onnx-goldens.ts";

const KINDS = [
  "torch.export, opset 23",
  "TorchScript, opset 9",
  "weights in half precision",
  "typed fields, IR version 3",
  "a local function and a choice",
  "quantised, with pairs around each step",
];
/** CPU time that one broken file of some kB may take, a hundred times what a whole one does. */
const MOST_SECONDS = 0.5;
const MOST_BYTES = 64e6;

/** Numbers by chance, the same in every run (Marsaglia 2003, xorshift). */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** All that is done with a model before it runs. @returns whether it was a model still. */
function useAll(files: readonly ModelFile[]): boolean {
  try {
    const model = readOnnxFiles(files);
    if (!runnablePart(model, foreignOperators(model.onnx))) return false;
    summaryText(model.layers, model.name);
    for (const { name } of model.layers) findLayer(model.layers, name);
    const tensors = model.layers.flatMap(({ outputs }) => outputs.map(({ tensor }) => tensor));
    if (tensors.length > 0) readOnnx(cutGraph(model, tensors).file);
    readOnnx(writeOnnx(model.onnx));
    return true;
  } catch (thrown) {
    if (thrown instanceof ComputeError && thrown.kind === "input" && thrown.reason && thrown.remedy) return false;
    throw thrown;
  }
}

/** `useAll` within its bounds. */
function withinBounds(files: readonly ModelFile[], what: string): boolean {
  const before = process.cpuUsage();
  const memory = process.memoryUsage().arrayBuffers;
  const whole = useAll(files);
  expect(process.cpuUsage(before).user / 1e6, what).toBeLessThan(MOST_SECONDS);
  expect(process.memoryUsage().arrayBuffers - memory, what).toBeLessThan(MOST_BYTES);
  return whole;
}

describe.each(KINDS)("%s", (kind) => {
  const files = filesOf(goldenModel(kind));
  const [model] = files;
  if (!model) throw new Error("no model");
  const others = files.slice(1);

  test("a file that was cut off anywhere is refused in a sentence", () => {
    const step = Math.max(1, Math.floor(model.bytes.length / 400));
    const opsetAt = model.bytes.length - 40;
    for (let length = 0; length < opsetAt; length += step)
      expect(withinBounds([{ ...model, bytes: model.bytes.slice(0, length) }, ...others], `${length} bytes`)).toBe(
        false,
      );
  });

  test("a file with wrong bits is refused in a sentence or is a model still", () => {
    const next = chance(2463534242);
    let models = 0;
    for (let round = 0; round < 600; round++) {
      const bytes = model.bytes.slice();
      const flips = 1 + next(4);
      for (let flip = 0; flip < flips; flip++) {
        const at = next(bytes.length);
        bytes[at] = (bytes[at] ?? 0) ^ (1 << next(8));
      }
      if (withinBounds([{ ...model, bytes }, ...others], `round ${round}`)) models++;
    }
    // Most bits of a small file are its weights and its names: both ends must come up.
    expect(models).toBeGreaterThan(20);
    expect(models).toBeLessThan(580);
  });

  test("a file with bytes put in or taken out is refused in a sentence or is a model still", () => {
    const next = chance(88675123);
    for (let round = 0; round < 200; round++) {
      const at = next(model.bytes.length);
      const count = 1 + next(6);
      const rest = model.bytes.subarray(round % 2 === 0 ? at + count : at);
      const filled = Uint8Array.from({ length: round % 2 === 0 ? 0 : count }, () => next(256));
      const bytes = new Uint8Array([...model.bytes.subarray(0, at), ...filled, ...rest]);
      withinBounds([{ ...model, bytes }, ...others], `round ${round}`);
    }
  });
});
