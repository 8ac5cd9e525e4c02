import { describe, expect, it } from "vitest";
import { withUnitNames } from "../../../src/entries/with-unit-names.ts";
import { readUnits } from "../../../src/widgets/box-plot/data/read-units.ts";
import { acceptProps as acceptUnits } from "../../../src/widgets/box-plot/props.ts";
import type { Blocks } from "../../../src/widgets/host/encode-props.ts";
import { encodeProps } from "../../../src/widgets/host/encode-props.ts";
import { inlineProps } from "../../../src/widgets/host/inline-props.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { joinTables } from "../../../src/widgets/host/join-rows.ts";
import { type ActivationSource, activationSource } from "../../../src/widgets/models/activation-source.ts";
import { Activations } from "../../../src/widgets/models/activations.ts";
import { readHeight } from "../../../src/widgets/umap-scatter/data/read-height.ts";
import { acceptProps as acceptMap } from "../../../src/widgets/umap-scatter/props.ts";

/** Four rows of three activations, whose width is known once they are read. */
function activations(): { readonly acts: Activations; readonly reads: () => number } {
  const data = Float32Array.from({ length: 12 }, (_, at) => at);
  let reads = 0;
  const source: ActivationSource = {
    key: "activations-of-four",
    part: "activations",
    bytes: 0,
    get shape() {
      return [4, reads > 0 ? 3 : 0];
    },
    get facts() {
      return reads > 0 ? { layers: ["relu"], model: "net.onnx", processor: "WebAssembly", reason: "" } : null;
    },
    columns: null,
    predictions: null,
    async read() {
      reads++;
      return data;
    },
  };
  return { acts: new Activations(source), reads: () => reads };
}

const labels = ["a", "a", "b", "b"];

describe("activations in a widget's properties", () => {
  it("are taken as they are, and run by nobody before they are read", () => {
    const { acts, reads } = activations();
    const props = inlineProps({ points: acts, values: acts, labels });
    expect(props.points).toBe(acts.source);
    expect(props.values).toBe(acts.source);
    expect(reads()).toBe(0);
  });

  it("are shared once they are awaited: the numbers are not copied", async () => {
    const { acts } = activations();
    const read = await acts;
    expect(inlineProps({ points: read }).points).toBe(acts.source);
    expect([read.shape, read.layers, read.predictions]).toEqual([[4, 3], ["relu"], null]);
  });

  it("go into an exported page as numbers, which needs no model", async () => {
    const { acts } = activations();
    const blocks: Blocks = new Map();
    const carried = await encodeProps(inlineProps({ points: acts }), blocks, {});
    expect(carried).toEqual({ points: { $array: { key: "activations-of-four", dtype: "float32", shape: [4, 3] } } });
    expect(blocks.get("activations-of-four")?.length).toBe(48);
  });

  it("may be below rows that are there: their width is known once they are read", async () => {
    const joined = joinTables([activations().acts.source, sourceOf(new Float32Array(6), [2, 3])]);
    expect(joined.shape).toEqual([6, 0]);
    expect((await joined.read({})).length).toBe(18);
    expect(joined.shape).toEqual([6, 3]);
  });

  it("a unit or a column that they don't have is told of when their width is known", async () => {
    const units = acceptUnits(inlineProps({ values: activations().acts, labels, units: [5] }));
    await expect(readUnits(units, {})).rejects.toThrow("There is no unit 5 in 3 units.");
    const { points, height } = acceptMap(inlineProps({ points: activations().acts, height: 7 }));
    await expect(readHeight(height, points, {})).rejects.toThrow("there is no column 7 in 3 columns");
  });

  it("are called, of predictions, as the model's classes, in box plots too", () => {
    const model = { key: "m", name: "net.onnx", files: [], classes: ["benign", "adeno"] };
    const images = sourceOf(new Float32Array(4), [4, 1]);
    const request = { model, images, options: { includePredictions: true }, preprocessing: {} };
    const acts = new Activations(activationSource(request, { load: () => Promise.reject(new Error("no part")) }));
    expect([acts.columns, acts.predictions?.columns]).toEqual([null, ["benign", "adeno"]]);
    const { predictions: values } = acts;
    if (!values) throw new Error("There are no predictions.");
    expect(withUnitNames({ values, labels }).unitNames).toEqual(["benign", "adeno"]);
    expect(withUnitNames({ values, labels, unitNames: ["a", "b"] }).unitNames).toEqual(["a", "b"]);
    expect(withUnitNames({ values: acts, labels })).not.toHaveProperty("unitNames");
  });
});
