import { expect, it } from "vitest";
import { KernelMemory } from "../../../src/compute/statistics/kernel-memory.ts";

it("the kernels' memory hands out what there is after more was asked for than there is", async () => {
  const memory = await KernelMemory.create();
  const before = memory.allocate(64);
  expect(() => memory.allocate(5 * 2 ** 30)).toThrow(RangeError);
  const after = memory.allocate(64);
  expect(after - before).toBe(64);
  memory.doubles(after, 8).fill(1);
  expect([...memory.doubles(after, 8)]).toEqual(new Array(8).fill(1));
});
