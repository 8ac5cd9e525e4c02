import { describe, expect, test } from "vitest";
import { findLayers, nextOrder, orderLayers } from "../../../src/widgets/model-table/data/order-layers.ts";
import { kerasLayers } from "../model/layers/keras-layers.ts";

const shape = [1];
const layers = kerasLayers([
  { name: "conv_10", type: "Conv2D", shape, multiplyAdds: 5 },
  { name: "conv_9", type: "Conv2D", shape, multiplyAdds: 7 },
  { name: "dense", type: "Dense", shape, multiplyAdds: 7 },
]).map((layer) => (layer.name === "conv_10" ? { ...layer, multiplyAdds: null } : layer));

describe("layers in an order", () => {
  test("have numbers in their names read as numbers", () => {
    expect(orderLayers(layers, { column: "layer", isDescending: false })).toEqual([1, 0, 2]);
  });

  test("end with what nobody knows, whichever way; those alike stay as they run", () => {
    expect(orderLayers(layers, { column: "multiplyAdds", isDescending: true })).toEqual([1, 2, 0]);
    expect(orderLayers(layers, { column: "multiplyAdds", isDescending: false })).toEqual([1, 2, 0]);
  });

  test("come back to the order in which they run at the third press", () => {
    const first = nextOrder(null, "parameters");
    const second = nextOrder(first, "parameters");
    expect([first?.isDescending, second?.isDescending, nextOrder(second, "parameters")]).toEqual([true, false, null]);
  });

  test("are found by all the words, in name and type", () => {
    expect(findLayers(layers, [2, 1, 0], "CONV 9")).toEqual([1]);
    expect(findLayers(layers, [2, 1, 0], "conv2d")).toEqual([1, 0]);
    expect(findLayers(layers, [2, 1, 0], "")).toEqual([2, 1, 0]);
  });
});
