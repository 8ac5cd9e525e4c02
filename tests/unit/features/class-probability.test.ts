import { describe, expect, it } from "vitest";
import { classProbability } from "../../../src/compute/features/class-probability.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { floatsOf, referenceFile } from "../../support/engine-goldens.ts";
import { openFile, picturesFor } from "../gradient/open-networks.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();
const started = { engine, files: { glue: new Uint8Array(), wasm: new ArrayBuffer(8) } };

async function probabilities(file: string, classIdx: number, pictures?: Float32Array<ArrayBuffer>) {
  const open = await openFile(engine, `tests/reference/models/${file}`);
  const batches = batchesOf(pictures ?? picturesFor(open, 3), pictureInput(open.model.name, open.inputs));
  return classProbability(new Features(callerAlone), { key: file, open, started }, classIdx, batches);
}

describe("how likely a model finds a class", () => {
  it("is its own answer where it ends in a softmax, as Keras gives it", async () => {
    const goldens: { readonly predictions: string } = JSON.parse(
      Buffer.from(referenceFile("keras-features.json")).toString(),
    );
    const answers = floatsOf(goldens.predictions);
    // The pictures of make-keras-features.py.
    const pictures = Float32Array.from({ length: 5 * 16 * 16 * 3 }, (_, place) => Math.imul(place, 2654435761) >>> 24);
    for (const classIdx of [0, 3]) {
      const own = await probabilities("small.keras.gz", classIdx, pictures);
      expect(own).toHaveLength(5);
      for (const [row, share] of own.entries()) expect(share).toBeCloseTo(answers[row * 4 + classIdx] ?? Number.NaN, 5);
    }
  });

  it("is a share of all classes where it answers with logits", async () => {
    const classes = await Promise.all([0, 1, 2].map((classIdx) => probabilities("tinynet.onnx", classIdx)));
    for (const row of [0, 1, 2]) {
      const shares = classes.map((each) => each[row] ?? Number.NaN);
      expect(Math.min(...shares)).toBeGreaterThan(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it("is not to be had of a class that there isn't", async () => {
    await expect(probabilities("tinynet.onnx", 3)).rejects.toMatchObject({
      kind: "input",
      reason: "There is no class 3: tinynet.onnx has 3 classes.",
    });
    await expect(probabilities("tinynet.onnx", -1)).rejects.toThrow("There is no class -1");
  });
});
