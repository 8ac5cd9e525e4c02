import { afterEach, expect, it, vi } from "vitest";
import { crewSize } from "../../../src/compute/runtime/crew-size.ts";

const machine = (hardwareConcurrency: number | undefined) => vi.stubGlobal("navigator", { hardwareConcurrency });
afterEach(() => vi.unstubAllGlobals());

it("a job takes as many workers as were asked for, whatever the machine and the rows", () => {
  machine(2);
  expect(crewSize(5, 10)).toBe(5);
  expect(crewSize(1, 1_000_000)).toBe(1);
});

it("a job of many rows takes what the machine has, at most 8, and one where that is not known", () => {
  const taken = [2, 4, 64, undefined].map((cores) => {
    machine(cores);
    return crewSize(null, 20_000);
  });
  expect(taken).toEqual([2, 4, 8, 1]);
});

it("a job of few rows is done by one", () => {
  machine(8);
  expect(crewSize(null, 3_999)).toBe(1);
  expect(crewSize(null, 4_000)).toBe(8);
});
