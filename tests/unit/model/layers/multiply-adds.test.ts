import { describe, expect, test } from "vitest";
import { onnxLayers } from "../../../../src/compute/model/layers/onnx-layers.ts";
import { graphOf, operator } from "./small-graphs.ts";

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Multiply-adds of one operator that takes x and others and answers with y. */
function multiplyAdds(
  opType: string,
  shapes: Shapes,
  weights: Shapes = {},
  attributes: Parameters<typeof operator>[3] = {},
): number | null | undefined {
  const inputs = Object.keys(shapes).filter((name) => name !== "y");
  const node = operator(opType, [...inputs, ...Object.keys(weights)], ["y"], attributes);
  const open = Object.fromEntries(
    inputs.map((name) => [name, (shapes[name] ?? []).map((size, axis) => (axis ? size : "n"))]),
  );
  return onnxLayers(graphOf([node], open, weights), new Map(Object.entries(shapes)))[0]?.multiplyAdds;
}

describe("multiply-adds of one picture", () => {
  test("of a convolution: window and input channels of its group for each number it answers", () => {
    expect(multiplyAdds("Conv", { x: [1, 6, 8, 8], y: [1, 4, 6, 6] }, { w: [4, 3, 3, 3] })).toBe(6 * 6 * 4 * 3 * 9);
  });

  test("of a transposed convolution: window and output channels of its group for each number it takes", () => {
    expect(multiplyAdds("ConvTranspose", { x: [1, 6, 4, 4], y: [1, 8, 9, 9] }, { w: [6, 4, 3, 3] })).toBe(
      16 * 6 * 4 * 9,
    );
  });

  test("of a dense layer: its weights", () => {
    expect(multiplyAdds("Gemm", { x: [1, 7], y: [1, 5] }, { w: [7, 5], b: [5] })).toBe(35);
    const lying = { transA: { kind: "int" as const, value: 1 } };
    expect(multiplyAdds("Gemm", { x: [7, 1], y: [1, 5] }, { w: [7, 5] }, lying)).toBe(35);
  });

  test("of a product of matrices: the inner dimension for each number it answers", () => {
    expect(multiplyAdds("MatMul", { x: [1, 2, 5, 4], z: [1, 2, 4, 5], y: [1, 2, 5, 5] })).toBe(2 * 5 * 5 * 4);
  });

  test("of quantised layers: those of the layers that they were, scales and zero points left out", () => {
    const whole = { x: [1, 7], y: [1, 5] };
    const few = { xs: [1], xz: [1], w: [7, 5], ws: [1], wz: [1], b: [5], ys: [1], yz: [1] };
    expect(multiplyAdds("QGemm", whole, few)).toBe(35);
    expect(multiplyAdds("QLinearMatMul", whole, { ...few, b: [1] })).toBe(35);
    for (const type of ["MatMulInteger", "MatMulIntegerToFloat", "DynamicQuantizeMatMul"])
      expect(multiplyAdds(type, whole, { w: [7, 5] })).toBe(35);
    expect(multiplyAdds("MatMulNBits", { x: [1, 64], y: [1, 5] }, { w: [5, 2, 16], ws: [10] })).toBe(320);
    const picture = { x: [1, 6, 8, 8], y: [1, 4, 6, 6] };
    const kernel = { ...few, w: [4, 3, 3, 3], b: [4] };
    expect(multiplyAdds("QLinearConv", picture, kernel)).toBe(6 * 6 * 4 * 3 * 9);
    expect(multiplyAdds("ConvInteger", picture, { w: [4, 3, 3, 3] })).toBe(6 * 6 * 4 * 3 * 9);
  });

  test("of a sum by an equation: the product of all its indices' sizes", () => {
    const equation = { equation: { kind: "string" as const, value: "bij, bkj -> bik" } };
    expect(multiplyAdds("Einsum", { x: [1, 5, 4], z: [1, 6, 4], y: [1, 5, 6] }, {}, equation)).toBe(5 * 4 * 6);
  });

  test("of attention: queries by keys and weights by values, heads apart or in one", () => {
    const apart = { q: [1, 2, 9, 4], k: [1, 2, 7, 4], v: [1, 2, 7, 3], y: [1, 2, 9, 3] };
    expect(multiplyAdds("Attention", apart)).toBe(9 * 7 * (8 + 6));
    expect(multiplyAdds("Attention", { q: [1, 9, 8], k: [1, 7, 8], v: [1, 7, 6], y: [1, 9, 6] })).toBe(9 * 7 * (8 + 6));
  });

  test("of a recurrent layer: both its weights at each step", () => {
    expect(multiplyAdds("LSTM", { x: [5, 1, 3], y: [5, 1, 1, 2] }, { w: [1, 8, 3], r: [1, 8, 2] })).toBe(5 * (24 + 16));
  });

  test("of what works element by element: none", () => {
    expect(multiplyAdds("Relu", { x: [1, 6, 8, 8], y: [1, 6, 8, 8] })).toBe(0);
  });

  test("are unknown without the shapes", () => {
    const node = operator("Conv", ["x", "w"], ["y"]);
    expect(onnxLayers(graphOf([node], { x: ["n", 3, "h", "w"] }, { w: [4, 3, 3, 3] }))[0]?.multiplyAdds).toBeNull();
  });

  test("are a picture's where the file has settled on a batch of several", () => {
    const node = operator("Gemm", ["x", "w"], ["y"]);
    const model = graphOf([node], { x: [8, 7] }, { w: [7, 5] }, { y: [8, 5] });
    expect(onnxLayers(model)[0]?.multiplyAdds).toBe(35);
    expect(onnxLayers(model)[0]?.outputs[0]?.shape).toEqual([8, 5]);
  });

  test("follow from what the file notes of shapes, the open batch being one picture", () => {
    const node = operator("Gemm", ["x", "w"], ["y"]);
    const model = graphOf([node], { x: ["n", 7] }, { w: [7, 5] }, { y: ["n", 5] });
    expect(onnxLayers(model)[0]).toMatchObject({ multiplyAdds: 35, outputs: [{ shape: [null, 5] }] });
  });
});
