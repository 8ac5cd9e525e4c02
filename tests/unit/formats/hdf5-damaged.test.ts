import { describe, expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { type Hdf5Object, openHdf5 } from "../../../src/compute/formats/hdf5/hdf5-object.ts";
import { damaged, randomNumbers } from "./damage.ts";
import { referenceFile } from "./reference-file.ts";

/** Fewer than of Keras' files: these have thousands of parts each. */
const ROUNDS = 300;

/** Reads all there is in a file; the bytes that it took beside the file's own. */
async function readAll(object: Hdf5Object, file: ArrayBuffer, deepest = 8): Promise<number> {
  let taken = object.attributes.size;
  if (object.isDataset) {
    const bytes = await object.dataset().read();
    return bytes.buffer === file ? 0 : bytes.length;
  }
  for (const name of deepest === 0 ? [] : object.names) {
    const child = object.find(name);
    if (child !== null) taken += await readAll(child, file, deepest - 1);
  }
  return taken;
}

describe("a damaged file of HDF5", () => {
  it.each([
    ["earliest", 1],
    ["middle", 2],
    ["latest", 3],
  ])("is read or answered by a clean error, in bounded time and memory: %s", async (format, seed) => {
    const file = referenceFile(`hdf5-${format}.h5`);
    const random = randomNumbers(seed);
    const ends = { read: 0, refused: 0 };
    let slowest = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const broken = damaged(file, random);
      const started = process.cpuUsage();
      try {
        const taken = await readAll(openHdf5(broken, "broken.h5"), broken.buffer);
        expect(taken).toBeLessThan(1_100 * file.length);
        ends.read++;
      } catch (thrown) {
        if (!(thrown instanceof ComputeError)) throw new Error(`round ${round}: ${(thrown as Error).stack}`);
        expect([thrown.kind, thrown.reason.includes("broken.h5"), thrown.remedy.length > 0]).toEqual([
          "input",
          true,
          true,
        ]);
        ends.refused++;
      }
      slowest = Math.max(slowest, process.cpuUsage(started).user / 1e6);
    }
    expect(ends.refused).toBeGreaterThan(ROUNDS / 4);
    expect(slowest).toBeLessThan(2);
  });
});
