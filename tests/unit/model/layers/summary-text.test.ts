import { describe, expect, test } from "vitest";
import { layerTable } from "../../../../src/compute/model/layers/layer-table.ts";
import { layerTotals } from "../../../../src/compute/model/layers/layer-totals.ts";
import { summaryText } from "../../../../src/compute/model/layers/summary-text.ts";
import { labLayers } from "./keras-layers.ts";

describe("the summary of the lab's network", () => {
  const lines = summaryText(labLayers, "sequential_1").split("\n");
  const cells = (line: string) =>
    line
      .slice(1, -1)
      .split(/[│┃]/)
      .map((cell) => cell.trim());

  test("has Keras' rows: names, types, shapes and parameters", () => {
    expect(cells(lines[2] ?? "").slice(0, 3)).toEqual(["Layer (type)", "Output Shape", "Param #"]);
    expect(lines.slice(4, 15).map((line) => cells(line).slice(0, 3))).toEqual([
      ["conv2d_1 (Conv2D)", "(None, 148, 148, 32)", "896"],
      ["max_pooling2d_1 (MaxPooling2D)", "(None, 74, 74, 32)", "0"],
      ["conv2d_2 (Conv2D)", "(None, 72, 72, 64)", "18,496"],
      ["max_pooling2d_2 (MaxPooling2D)", "(None, 36, 36, 64)", "0"],
      ["conv2d_3 (Conv2D)", "(None, 34, 34, 128)", "73,856"],
      ["max_pooling2d_3 (MaxPooling2D)", "(None, 17, 17, 128)", "0"],
      ["conv2d_4 (Conv2D)", "(None, 15, 15, 128)", "147,584"],
      ["max_pooling2d_4 (MaxPooling2D)", "(None, 7, 7, 128)", "0"],
      ["flatten_1 (Flatten)", "(None, 6272)", "0"],
      ["dense_1 (Dense)", "(None, 512)", "3,211,776"],
      ["dense_2 (Dense)", "(None, 1)", "513"],
    ]);
  });

  test("ends with Keras' totals, and with the multiply-adds", () => {
    expect(lines.slice(16)).toEqual([
      " Total params: 3,453,121 (13.17 MB)",
      " Trainable params: 3,453,121 (13.17 MB)",
      " Non-trainable params: 0 (0.00 B)",
      " Multiply-adds a picture: 236,095,488",
      "",
    ]);
  });

  test("has columns of its own after Keras'", () => {
    expect(cells(lines[2] ?? "").slice(3)).toEqual(["Multiply-adds", "Type", "Kernel", "Stride"]);
    expect(cells(lines[4] ?? "").slice(3)).toEqual(["18,925,056", "float32", "3 x 3", "1 x 1"]);
  });

  test("stands in columns", () => {
    expect(new Set(lines.slice(1, 16).map((line) => line.length)).size).toBe(1);
    expect(lines[4]).toMatch(/^│ conv2d_1 \(Conv2D\) {14}│ \(None, 148, 148, 32\) │ {7}896 │/);
  });
});

test("what nobody knows is a question mark, and is said not to be counted", () => {
  const [first, ...others] = labLayers;
  if (!first) throw new Error("no layer");
  const unknown = { ...first, multiplyAdds: null, outputs: [{ tensor: "x", channels: null, shape: null }] };
  const text = summaryText([unknown, ...others], "net");
  expect(text).toMatch(/│ conv2d_1 \(Conv2D\) +│ \? +│ +896 │ +\? │/);
  expect(text).toContain("Multiply-adds a picture: 217,170,432, 1 layer not counted");
});

test("where no layer tells its multiply-adds, the total is a question mark too", () => {
  const layers = labLayers.map((layer) => (layer.multiplyAdds ? { ...layer, multiplyAdds: null } : layer));
  expect(summaryText(layers, "net")).toContain("Multiply-adds a picture: ?, 6 layers not counted");
});

test("weights that training leaves alone are told apart", () => {
  const layers = labLayers.map((layer) => (layer.name === "dense_1" ? { ...layer, trainable: 0 } : layer));
  expect(summaryText(layers, "net")).toContain(
    " Trainable params: 241,345 (942.75 KB)\n Non-trainable params: 3,211,776 (12.25 MB)",
  );
  expect(layerTotals(layers)).toMatchObject({ parameters: 3453121, trainable: 241345, trainableBytes: 4 * 241345 });
});

test("the table as columns has a value for each layer", () => {
  const columns = layerTable(labLayers);
  expect(columns.map(({ name }) => name)).toEqual([
    "name",
    "type",
    "output_shape",
    "parameters",
    "trainable",
    "multiply_adds",
    "dtype",
    "kernel",
    "stride",
    "module",
    "tensor",
  ]);
  expect(columns.map(({ values }) => values.length)).toEqual(columns.map(() => 11));
  expect(columns.map(({ values }) => values[8])).toEqual([
    "flatten_1",
    "Flatten",
    "(None, 6272)",
    0,
    0,
    0,
    "float32",
    null,
    null,
    "",
    "flatten_1/answer",
  ]);
});
