import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TENSOR_TYPES } from "../../src/compute/model/onnx/onnx-model.ts";
import { writeOnnx } from "../../src/compute/model/onnx/write/write-onnx.ts";
import { useLab } from "../support/use-lab.ts";
import { operator, weightsOf } from "../unit/feature-maps/open-networks.ts";

const SIDE = 16;
/** Of each layer. */
const PIXELS = 63;

/** A layer of each kind that networks of pictures are made of, behind each other. */
const NODES = [
  operator("conv", "Conv", ["x", "conv.weight", "conv.bias"], { pads: [1, 1, 1, 1] }),
  operator("norm", "BatchNormalization", ["conv", "norm.scale", "norm.shift", "norm.mean", "norm.variance"]),
  operator("relu", "Relu", ["norm"]),
  operator("depthwise", "Conv", ["relu", "depthwise.weight"], { pads: [1, 1, 1, 1], group: 8, strides: [2, 2] }),
  operator("pointwise", "Conv", ["depthwise", "pointwise.weight", "pointwise.bias"]),
  operator("sigmoid", "Sigmoid", ["pointwise"]),
  operator("gate", "Mul", ["pointwise", "sigmoid"]),
  operator("max", "MaxPool", ["gate"], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
  operator("mean", "AveragePool", ["gate"], { kernel_shape: [3, 3], pads: [1, 1, 1, 1] }),
  operator("sum", "Add", ["max", "mean"]),
  operator("joined", "Concat", ["sum", "gate"], { axis: 1 }),
  operator("up", "ConvTranspose", ["joined", "up.weight", "up.bias"], { strides: [2, 2] }),
  operator("dilated", "Conv", ["up", "dilated.weight", "dilated.bias"], { dilations: [2, 2] }),
  operator("squeezed", "GlobalAveragePool", ["dilated"]),
  operator("flat", "Flatten", ["squeezed"]),
  operator("dense", "Gemm", ["flat", "dense.weight", "dense.bias"], { transB: 1 }),
  operator("share", "Softmax", ["dense"]),
];

const WEIGHTS = Object.entries({
  "conv.weight": [8, 3, 3, 3],
  "conv.bias": [8],
  "norm.scale": [8],
  "norm.shift": [8],
  "norm.mean": [8],
  "depthwise.weight": [8, 1, 3, 3],
  "pointwise.weight": [12, 8, 1, 1],
  "pointwise.bias": [12],
  "up.weight": [24, 6, 2, 2],
  "up.bias": [6],
  "dilated.weight": [10, 6, 3, 3],
  "dilated.bias": [10],
  "dense.weight": [10, 10],
  "dense.bias": [10],
}).map(([name, dims]) => weightsOf(name, dims));

function network(): Uint8Array {
  const variance = weightsOf("norm.variance", [8]);
  const bytes = new Uint8Array(Float32Array.from({ length: 8 }, (_, at) => 0.5 + at / 8).buffer);
  return writeOnnx({
    irVersion: 9,
    opsets: new Map([["", 20]]),
    producer: "",
    graph: {
      name: "kinds",
      nodes: NODES,
      initializers: [...WEIGHTS, { ...variance, data: { kind: "here", bytes } }],
      inputs: [{ name: "x", type: TENSOR_TYPES.float32, dims: ["batch", 3, SIDE, SIDE] }],
      outputs: [{ name: "share", type: TENSOR_TYPES.float32, dims: ["batch", 10] }],
      values: [],
    },
  });
}

/** An account as it is read on the screen. */
interface Account {
  readonly channel: number;
  readonly row: number;
  readonly column: number;
  /** What stands at the left of each line, and the figure at its right. */
  readonly lines: readonly (readonly [string, string])[];
}

/** Go to pixels of the layer that is open without a pattern, by keys, and read what is told of each. */
function readAccounts([root, count]: readonly [Element, number]): Promise<readonly Account[]> {
  const stage = root.querySelector<HTMLElement>(".ls-detail-channel");
  const how = root.querySelector<HTMLElement>(".ls-detail-how");
  const name = root.querySelector<HTMLElement>(".ls-detail .ls-legend-title");
  if (!stage || !how || !name) throw new Error("No channel is open.");
  let state = 7;
  const random = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const press = (key: string, times: number): void => {
    for (let time = 0; time < times; time++) stage.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  };
  const isTold = (): boolean => {
    const pixel = /at (row \d+, column \d+)/.exec(stage.getAttribute("aria-label") ?? "")?.[1] ?? "this number";
    const title = how.querySelector(".ls-detail-title")?.textContent ?? "";
    return !how.hasAttribute("aria-busy") && title.includes(pixel);
  };
  const told = (): Promise<void> =>
    new Promise((resolve) => {
      const look = () => (isTold() ? resolve() : requestAnimationFrame(look));
      look();
    });
  const read = (): Account => {
    const [, row, column] = /row (\d+), column (\d+)/.exec(how.querySelector("h4")?.textContent ?? "") ?? [];
    const rows = [...how.querySelectorAll<HTMLElement>(".ls-detail-table > tr:not([hidden])")];
    const lines = rows.flatMap((line): (readonly [string, string])[] => {
      const figure = line.querySelector(":scope > td.ls-value:last-child")?.textContent;
      return figure ? [[line.querySelector("th span, th")?.textContent ?? "", figure]] : [];
    });
    const channel = Number(name.textContent?.split("channel ").at(-1)?.replaceAll(",", ""));
    return { channel, row: Number(row ?? 0), column: Number(column ?? 0), lines };
  };
  const go = async (): Promise<readonly Account[]> => {
    const accounts: Account[] = [];
    for (let pixel = 0; pixel < count; pixel++) {
      press(random(2) ? "PageDown" : "PageUp", random(9));
      press(random(2) ? "ArrowRight" : "ArrowLeft", random(9));
      press(random(2) ? "ArrowDown" : "ArrowUp", random(9));
      await told();
      accounts.push(read());
    }
    return accounts;
  };
  return go();
}

const numberOf = (text: string) => Number(text.replace("−", "-").replaceAll(",", ""));
/** Half a unit of a figure's last digit. */
const roundingOf = (text: string) => {
  const [digits = "", exponent = "0"] = text.split("e");
  return 0.5 * 10 ** (Number(exponent) - (digits.split(".")[1]?.length ?? 0));
};

describe("how a pixel came about, in JupyterLab", () => {
  const lab = useLab();

  it("adds up to what the map has there, for a thousand pixels of every kind of layer", async () => {
    const { server } = lab;
    await writeFile(join(server.folder, "kinds.onnx"), network());
    const notebook = await lab.open([
      `import layerscope as ls, numpy as np
picture = np.random.default_rng(5).random((${SIDE}, ${SIDE}, 3), dtype=np.float32)
grid = ls.FeatureMapGrid(ls.Model("kinds.onnx", backend="wasm"), picture.transpose(2, 0, 1), layers=None)
grid`,
      `maps = [await grid.maps(place) for place in range(${NODES.length})]
np.concatenate([each.ravel() for each in maps]).tofile("maps.bin")`,
    ]);
    await notebook.runAll();
    const shapes: (readonly [number, number, number])[] = JSON.parse(
      await notebook.askUntil("print([list(each.shape) for each in maps])", (answer) => answer.startsWith("["), 120),
    );
    const bytes = await readFile(join(server.folder, "maps.bin"));
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const widget = notebook.widget();

    const wrong: string[] = [];
    let start = 0;
    let sums = 0;
    for (const [place, [channels, height, width]] of shapes.entries()) {
      await widget.locator(".ls-map-layer").nth(place).click();
      await widget.locator(".ls-map-scroller").focus();
      await notebook.page.keyboard.press("ArrowRight");
      await notebook.page.keyboard.press("Enter");
      await widget.locator(".ls-detail-how h4").waitFor();
      const root = await widget.elementHandle();
      if (!root) throw new Error("The widget is gone.");
      const accounts = await notebook.page.evaluate(readAccounts, [root, PIXELS] as const);
      for (const { channel, row, column, lines } of accounts) {
        const value = values[start + (channel * height + row) * width + column] ?? Number.NaN;
        const last = lines.at(-1)?.[1] ?? "";
        const where = `${NODES[place]?.name} ${channel} ${row} ${column}: ${JSON.stringify(lines)}, ${value}`;
        if (!(Math.abs(numberOf(last) - value) <= roundingOf(last) + 2e-5 * Math.abs(value))) wrong.push(where);
        const sum = lines.findIndex(([name]) => name === "sum");
        if (sum < 0) continue;
        sums++;
        const [, total = ""] = lines[sum] ?? [];
        const added = lines.slice(0, sum).reduce((all, [, figure]) => all + numberOf(figure), 0);
        if (!(Math.abs(added - numberOf(total)) < roundingOf(total) / 10)) wrong.push(`not added up: ${where}`);
      }
      expect(accounts).toHaveLength(PIXELS);
      expect(new Set(accounts.map(({ channel }) => channel)).size).toBeGreaterThan(Math.min(channels, 4) - 1);
      start += channels * height * width;
      await notebook.page.keyboard.press("Escape");
    }
    expect(wrong).toEqual([]);
    expect(PIXELS * shapes.length).toBeGreaterThan(1000);
    expect(sums).toBeGreaterThan(500);
    expect(notebook.errors).toEqual([]);
  });
});
