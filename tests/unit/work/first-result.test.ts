import { expect, it } from "vitest";
import { ComputeError } from "../../../src/compute/errors.ts";
import { FirstResult } from "../../../src/widgets/work/first-result.ts";

const missing = new ComputeError("input", "The map is not on this page.");

it("the first result settles what waits for it, whatever fails later", async () => {
  const first = new FirstResult();
  first.come();
  first.fail(missing);
  await expect(first.promise).resolves.toBeUndefined();
});

it("a first result that comes after a failure is one for whoever asks then", async () => {
  const first = new FirstResult();
  const asked = first.promise;
  first.fail(missing);
  await expect(first.promise).rejects.toBe(missing);
  first.come();
  await expect(first.promise).resolves.toBeUndefined();
  await expect(asked).rejects.toBe(missing);
});
