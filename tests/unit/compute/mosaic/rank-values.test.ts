import { expect, it } from "vitest";
import { rankValues } from "../../../../src/compute/mosaic/rank-values.ts";
import { uniform } from "../random.ts";

it("the value of a rank and the next one are those of the sorted list, ties and order whatever they are", () => {
  const next = uniform(2);
  for (const kinds of [2, 7, 1e9])
    for (const length of [1, 2, 3, 10, 500]) {
      const random = Float64Array.from({ length }, () => Math.floor(kinds * next()));
      for (const values of [random, random.slice().sort(), random.slice().sort().reverse()]) {
        const sorted = values.slice().sort();
        const ranks = [...new Set([0, length >> 2, length >> 1, length - 2, length - 1].filter((rank) => rank >= 0))];
        expect(ranks.map((rank) => rankValues(values.slice(), rank))).toEqual(
          ranks.map((rank) => [sorted[rank], sorted[Math.min(rank + 1, length - 1)]]),
        );
      }
    }
});
