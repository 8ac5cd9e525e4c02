import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../../src/compute/errors.ts";
import { layersOf, nameOf } from "../../../../src/compute/model/keras/read/layer-weights.ts";
import { readKeras } from "../../../../src/compute/model/keras/read/read-keras.ts";
import { damaged, randomNumbers, withChecksums } from "../../formats/damage.ts";
import { referenceFile } from "../../formats/reference-file.ts";

const ROUNDS = 1500;

describe("a damaged Keras file", () => {
  it.each([
    ["functional.h5", 1],
    ["functional-latest.h5", 2],
    ["functional-2.15.h5", 3],
    ["functional.keras", 4],
    ["many-2.13.keras", 5],
    ["many-unnamed.keras", 6],
    ["chains-unnamed.keras", 7],
    ["hand-1.2-th.h5", 8],
  ])("is read or answered by a clean error, in bounded time and memory: %s", async (name, seed) => {
    const file = referenceFile(name);
    const random = randomNumbers(seed);
    const ends = { read: 0, refused: 0 };
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = withChecksums(damaged(file, random));
      const started = process.cpuUsage();
      try {
        const model = await readKeras([{ name: "broken.h5", bytes }]);
        const all = (layersOf(model.architecture) ?? []).flatMap((layer) => model.weightsOf([nameOf(layer)]));
        const taken = all.reduce((sum, weight) => sum + weight.bytes.length, 0);
        expect(taken).toBeLessThan(1_100 * file.length);
        ends.read++;
      } catch (thrown) {
        const told = ComputeError.from(thrown);
        if (told.kind !== "input") throw new Error(`round ${round}: ${told.reason} ${told.details}`);
        expect([told.reason.includes("broken.h5"), told.remedy.length > 0]).toEqual([true, true]);
        ends.refused++;
      }
      slowest = Math.max(slowest, process.cpuUsage(started).user / 1e6);
    }
    expect(ends.refused).toBeGreaterThan(ROUNDS / 4);
    expect(slowest).toBeLessThan(2);
  });

  it("is answered so wherever it is cut off", async () => {
    const file = referenceFile("half.keras");
    for (let length = 0; length < file.length; length += 97) {
      const bytes = file.slice(0, length);
      await expect(readKeras([{ name: "half.keras", bytes }])).rejects.toMatchObject({ kind: "input" });
    }
  });
});
