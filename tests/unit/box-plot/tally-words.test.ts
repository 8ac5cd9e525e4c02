import { describe, expect, it } from "vitest";
import { tallyWords } from "../../../src/widgets/box-plot/plot/marks/tally-words.ts";

describe("points that lie upon each other", () => {
  it("are counted with their value where there is room, alone where there is little, and not where there is none", () => {
    const tally = { count: 1480, value: 0, y: 10 };
    expect(tallyWords(tally, 80)).toBe("1,480 at 0");
    expect(tallyWords(tally, 40)).toBe("1,480");
    expect(tallyWords(tally, 20)).toBe("");
  });
});
