import { describe, expect, test } from "vitest";
import {
  readFigures,
  readScale,
  readSize,
  scaleText,
  sizeText,
} from "../../../src/widgets/model-table/data/preprocessing-text.ts";

describe("how pictures are prepared, as text", () => {
  test("has a size with its width first; one number is a square, nothing is their own", () => {
    expect(readSize("320 × 240")).toEqual({ height: 240, width: 320 });
    expect(sizeText({ height: 240, width: 320 })).toBe("320 × 240");
    expect(readSize("224")).toEqual({ height: 224, width: 224 });
    expect([readSize(""), readSize(sizeText(null))]).toEqual([null, null]);
    expect([readSize("0"), readSize("large"), readSize("1x2x3")]).toEqual([undefined, undefined, undefined]);
  });

  test("has a scale as the fraction that it is, to the bit", () => {
    expect([1 / 255, 1 / 127.5, 1, 0.5, 1 / 3].map(scaleText)).toEqual(["1/255", "1/127.5", "1", "1/2", "1/3"]);
    expect(readScale("1/255")).toBe(1 / 255);
    expect(readScale(scaleText(0.017))).toBe(0.017);
    expect(["0", "1/0", "", "1/2/3", "a"].map(readScale)).toEqual(Array(5).fill(undefined));
  });

  test("has one figure, or one a channel", () => {
    expect(readFigures("0.485, 0.456; 0.406", 3)).toEqual([0.485, 0.456, 0.406]);
    expect(readFigures("0.5", 3)).toEqual([0.5]);
    expect([readFigures("1 2", 3), readFigures("", 3), readFigures("a", 1)]).toEqual([undefined, undefined, undefined]);
  });
});
