import { describe, expect, it } from "vitest";
import type { ComputeError } from "../../../src/compute/errors.ts";
import { Engine } from "../../../src/compute/model/engine/engine.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import type { Feed } from "../../../src/compute/model/engine/tensor-values.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { cutGraph } from "../../../src/compute/model/onnx/write/cut-graph.ts";
import { engineGoldens, floatsOf, goldenFile } from "../../support/engine-goldens.ts";
import { nodeEngine, nodeOrt, oneOperator } from "./node-engine.ts";

const feed = (dims: readonly number[], type: number = TENSOR_TYPES.float32): Feed => ({
  name: "x",
  type,
  dims,
  values: sampleNumbers(dims.reduce((product, size) => product * size, 1)),
});

const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => "none",
    (thrown) => thrown as ComputeError,
  );

describe("a graph in the engine", () => {
  it.each(["lenet", "separable", "attention"] as const)(
    "answers as ONNX Runtime does, hidden layers too: %s",
    async (name) => {
      const { dims, answers } = engineGoldens[name];
      const graph = cutGraph({ file: goldenFile(name), beside: new Map() }, Object.keys(answers));
      const session = new GraphSession(nodeEngine(), { name, ...graph }, { processor: "CPU" });
      const here = await session.run([feed([2, ...dims])]);
      for (const [output, right] of Object.entries(answers)) {
        expect(here.get(output)?.dims).toEqual(right.dims);
        expect(relativeDifference(here.get(output)?.data ?? new Float32Array(), floatsOf(right.data))).toBeLessThan(
          1e-5,
        );
      }
    },
  );

  it("takes and gives every type that pictures can be turned into, half precision by its nearest numbers", async () => {
    const values = Float32Array.of(0, 1, 2.5, -3, 65504, 0.1);
    for (const [type, right] of [
      [TENSOR_TYPES.float16, [0, 1, 2.5, -3, 65504, 0.0999755859375]],
      [TENSOR_TYPES.float64, [...values]],
      [TENSOR_TYPES.int64, [0, 1, 2, -3, 65504, 0]],
      [TENSOR_TYPES.int32, [0, 1, 2, -3, 65504, 0]],
      [TENSOR_TYPES.uint8, [0, 1, 2, 253, 224, 0]],
    ] as const) {
      const session = new GraphSession(nodeEngine(), oneOperator("Identity", { type }), { processor: "CPU" });
      const answer = await session.run([{ name: "x", type, dims: [2, 3], values }]);
      expect([...(answer.get("y")?.data ?? [])]).toEqual(right);
    }
  });

  it("is opened once, and again after the engine was started anew", async () => {
    let opened = 0;
    const counting = {
      ...nodeOrt,
      InferenceSession: {
        create: (...all: Parameters<typeof nodeOrt.InferenceSession.create>) => {
          opened++;
          return nodeOrt.InferenceSession.create(...all);
        },
      },
    } as unknown as typeof nodeOrt;
    const engine = new Engine(() => counting);
    const session = new GraphSession(engine, oneOperator("Relu"), { processor: "CPU" });
    await session.run([feed([1, 3])]);
    await session.run([feed([2, 3])]);
    expect(opened).toBe(1);
    engine.reload();
    await session.run([feed([1, 3])]);
    expect(opened).toBe(2);
    await session.release();
    await session.run([feed([1, 3])]);
    expect(opened).toBe(3);
  });

  it("does what it is asked in turn", async () => {
    const engine = nodeEngine();
    const order: string[] = [];
    await Promise.all([
      engine.use(async () => {
        await Promise.resolve();
        order.push("first");
      }),
      engine.use(() => Promise.reject(new Error("second"))).catch(() => order.push("second")),
      engine.use(async () => order.push("third")),
    ]);
    expect(order).toEqual(["first", "second", "third"]);
  });
});

describe("what the engine can't run is refused by name", () => {
  const cases: readonly (readonly [what: string, file: ReturnType<typeof oneOperator>, words: RegExp])[] = [
    [
      "an operator that nobody knows",
      oneOperator("Baz"),
      /does not know the operator Baz of opset 17, which one\.onnx uses/,
    ],
    [
      "an operator of another domain",
      oneOperator("Bar", { domain: "com.foo" }),
      /operator Bar of the domain "com\.foo"/,
    ],
    [
      "an operator without a kernel",
      oneOperator("ImageDecoder", { opset: 20, type: TENSOR_TYPES.uint8, dims: ["n"] }),
      /no kernel for ImageDecoder \(version 20\) at the node "the node" of one\.onnx/,
    ],
    ["a type without a kernel", oneOperator("Sin", { type: TENSOR_TYPES.bfloat16 }), /Sin takes no bfloat16/],
    ["an opset to come", oneOperator("Relu", { opset: 99 }), /is of opset 99; the engine knows ai\.onnx up to 26/],
    ["an IR version to come", oneOperator("Relu", { irVersion: 99 }), /IR version 99; the engine reads up to 13/],
    [
      "missing weights",
      oneOperator("Add", {
        inputs: ["x", "w"],
        initializers: [
          {
            name: "w",
            type: TENSOR_TYPES.float32,
            dims: [3],
            data: { kind: "beside", location: "w.data", offset: 0, length: 12 },
          },
        ],
      }),
      /weights of one\.onnx lie in w\.data, which is missing/,
    ],
    [
      "weights that are not as many as their dimensions say",
      oneOperator("Add", {
        inputs: ["x", "w"],
        initializers: [
          { name: "w", type: TENSOR_TYPES.float32, dims: [3], data: { kind: "here", bytes: new Uint8Array(4) } },
        ],
      }),
      /^The engine refuses one\.onnx: Initializer 'w': raw_data size \(4 bytes\) does not match .* \(12 bytes\)\.$/,
    ],
    [
      "no ONNX at all",
      { name: "one.onnx", file: Uint8Array.of(1, 2, 3, 4), beside: new Map() },
      /not a valid ONNX file/,
    ],
  ];
  it.each(cases)("%s", async (_, file, words) => {
    const session = new GraphSession(nodeEngine(), file, { processor: "CPU" });
    const error = await failureOf(session.run([feed([1, 3])]));
    expect(error).toMatchObject({ kind: "input", reason: expect.stringMatching(words) });
  });

  it.each([
    [[1, 4], /"x" of one\.onnx has another shape \(index: 1 Got: 4 Expected: 3\)/],
    [[3], /"x" of one\.onnx has 2 dimensions, not 1/],
  ] as const)("pictures of another shape: %j", async (dims, words) => {
    const session = new GraphSession(nodeEngine(), oneOperator("Relu"), { processor: "CPU" });
    expect(await failureOf(session.run([feed(dims)]))).toMatchObject({
      kind: "input",
      reason: expect.stringMatching(words),
    });
  });

  it("too little memory, after which the engine goes on", async () => {
    const failing = {
      ...nodeOrt,
      InferenceSession: {
        create: async () => ({ run: () => Promise.reject(new Error("failed to call OrtRun(). std::bad_alloc")) }),
      },
    } as unknown as typeof nodeOrt;
    const engine = new Engine(() => failing);
    const session = new GraphSession(engine, oneOperator("Relu"), { processor: "CPU" });
    expect(await failureOf(session.run([feed([1, 3])]))).toMatchObject({ kind: "memory" });
    expect(engine.instance).toBe(1);
  });
});
