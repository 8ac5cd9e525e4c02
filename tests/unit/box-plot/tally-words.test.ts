import { describe, expect, it } from "vitest";
import { tallyWords } from "../../../src/widgets/box-plot/plot/marks/tally-words.ts";

describe("points that lie upon each other", () => {
  it("are counted with their value where there is room, and not at all where there is none", () => {
    const tally = { count: 1480, value: 0, y: 10 };
    expect(tallyWords(tally, 80)).toBe("1,480 at 0");
    expect(tallyWords(tally, 40)).toBe("");
    expect(tallyWords({ count: 224, value: 0, y: 10 }, 45)).toBe("224 at 0");
  });
});
