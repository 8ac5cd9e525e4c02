import { describe, expect, test } from "vitest";
import { GRADIENT_CASES } from "../../support/gradient-cases/index.ts";
import { checkGradient } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

describe.each(Object.entries(GRADIENT_CASES))("gradients of %s are what differences say", (_, cases) => {
  test.each(cases.map((one) => [one.name, one] as const))("%s", async (_, one) => {
    const distances = await checkGradient(engine, one);
    expect(distances.size).toBeGreaterThan(0);
    for (const [at, distance] of distances) expect(distance, `at ${at}`).toBeLessThan(one.tolerance ?? 0.002);
  });
});
