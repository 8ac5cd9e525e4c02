import { describe, expect, it } from "vitest";
import { valueWords } from "../../../src/widgets/box-plot/plot/layout/value-words.ts";

const measure = (text: string): number => 6 * text.length;
const names = ["average tile activation", "slide mean"];

describe("what the values are called beside the panels", () => {
  it("stands beside the middle of the axis where it is short enough", () => {
    expect(valueWords(names, { header: 18, bottom: 160 }, measure)).toEqual({ text: names[0], middle: 98 });
  });

  it("reaches up beside the title where it is longer than the axis, and never below it", () => {
    const { text, middle } = valueWords(names, { header: 34, bottom: 110 }, measure);
    expect(text).toBe("average tile activation");
    expect(middle + measure(text) / 2).toBeLessThanOrEqual(34 + 110);
    expect(middle - measure(text) / 2).toBeGreaterThanOrEqual(0);
  });

  it("is the short one where even that has no room", () => {
    expect(valueWords(names, { header: 18, bottom: 90 }, measure).text).toBe("slide mean");
    expect(valueWords(names, { header: 18, bottom: 10 }, measure).text).toBe("slide mean");
  });
});
