import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { KerasModel } from "../../../../src/compute/model/keras/keras-model.ts";
import { layersOf, nameOf } from "../../../../src/compute/model/keras/read/layer-weights.ts";
import { readKeras } from "../../../../src/compute/model/keras/read/read-keras.ts";
import { referenceFile, referenceJson } from "../../formats/reference-file.ts";

type Weight = readonly [name: string, type: string, dims: readonly number[], digest: string];
type Layer = readonly [path: readonly string[], weights: readonly Weight[]];

const { files, models } = referenceJson<{
  files: Readonly<Record<string, string>>;
  models: Readonly<Record<string, readonly Layer[]>>;
}>("keras.json");

const readFile = (name: string): Promise<KerasModel> => readKeras([{ name, bytes: referenceFile(name) }]);
const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Every layer's weights by path, as the golden file has them. */
function weightsIn(model: KerasModel): Layer[] {
  const found: Layer[] = [];
  const visit = (layer: KerasModel["architecture"], path: readonly string[]): void => {
    for (const inner of layersOf(layer) ?? []) {
      const here = [...path, nameOf(inner)];
      const own = model
        .weightsOf(here)
        .map(({ name, type, dims, bytes }): Weight => [name, type, dims, digestOf(bytes)]);
      if (own.length > 0) found.push([here, own]);
      visit(inner, here);
    }
  };
  visit(model.architecture, []);
  return found;
}

describe("a file that Keras saved", () => {
  it.each(Object.entries(files))("has the weights of every layer as Keras has them: %s", async (file, name) => {
    expect(weightsIn(await readFile(file))).toEqual(models[name]);
  });

  it.each([
    ["functional.keras", "3.15.1"],
    ["functional.h5", "3.15.1"],
    ["functional-2.15.h5", "2.15.0"],
  ])("says which Keras wrote it: %s", async (file, version) => {
    expect((await readFile(file)).kerasVersion).toBe(version);
  });

  it.each(["functional.keras", "functional.h5"])("gives weights that are views of it: %s", async (name) => {
    const bytes = referenceFile(name);
    const model = await readKeras([{ name, bytes }]);
    for (const { bytes: own } of model.weightsOf(["first", "conv"])) expect(own.buffer).toBe(bytes.buffer);
  });

  it("has no weights for layers without", async () => {
    const model = await readFile("functional.keras");
    expect(model.weightsOf(["dropout"])).toEqual([]);
    expect(model.weightsOf(["first"])).toEqual([]);
    expect(model.weightsOf(["not there"])).toEqual([]);
  });
});
