import { expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
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

it("the kernels' memory advises, where there is too little, what helps a table of units", async () => {
  const memory = await KernelMemory.create();
  const failure = await Promise.resolve()
    .then(() => memory.allocate(5 * 2 ** 30))
    .catch(ComputeError.from);
  expect(failure).toMatchObject({ kind: "memory", message: "This page ran out of memory. Try a sample of the rows." });
});
