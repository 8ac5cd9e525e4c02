import { describe, expect, it } from "vitest";
import type { SaliencyOverlayInput } from "../../../src/entries/saliency-overlay-input.ts";
import { overlayProps } from "../../../src/entries/saliency-overlay-props.ts";

const images = { data: new Float32Array(12), shape: [1, 2, 2, 3] };
const propsOf = (input: Partial<SaliencyOverlayInput>, given: Partial<SaliencyOverlayInput> = input) =>
  overlayProps(input, { images, ...given });

describe("what saliencyOverlay is given", () => {
  it("names a class, a picture and a method, or several of them", () => {
    expect(propsOf({ classIdx: "dog", shown: 2, method: "gradcam" })).toEqual({
      classIdx: ["dog"],
      shown: [2],
      methods: [{ method: "gradcam", smooth: false }],
    });
    expect(
      propsOf({ classIdx: [0, "dog"], shown: null, method: ["xrai", { method: "vanilla", smooth: true }] }),
    ).toEqual({
      classIdx: [0, "dog"],
      shown: null,
      methods: [
        { method: "xrai", smooth: false },
        { method: "vanilla", smooth: true },
      ],
    });
  });

  it("smooths those methods that can be smoothed", () => {
    expect(propsOf({ method: ["vanilla", "xrai", "occlusion"], smooth: true }).methods).toEqual([
      { method: "vanilla", smooth: true },
      { method: "xrai", smooth: false },
      { method: "occlusion", smooth: false },
    ]);
  });

  it("hands on what methods take, the rule of a path under its own name", () => {
    const { options } = propsOf({ xSteps: 50, rule: "gausslegendre", xBaseline: "black", opacity: 0.5 });
    expect(options).toEqual({ xSteps: 50, method: "gausslegendre", xBaseline: "black" });
    const baseline = propsOf({ xBaseline: { data: new Float32Array(12), shape: [2, 2, 3] } }).options;
    expect(baseline).toMatchObject({ xBaseline: { shape: [2, 2, 3] } });
  });

  it("changes what an update names, with what goes along with it", () => {
    const given = { method: "vanilla", xSteps: 50, seed: 3 } as const;
    expect(propsOf({ smooth: true }, { ...given, smooth: true })).toEqual({
      methods: [{ method: "vanilla", smooth: true }],
    });
    expect(propsOf({ seed: 4 }, { ...given, seed: 4 })).toEqual({ options: { xSteps: 50, seed: 4 } });
    expect(propsOf({ opacity: 0.5, top: null }, given)).toEqual({ opacity: 0.5, top: null });
  });

  it("may be maps without a model", () => {
    const maps = { data: new Float32Array(4), shape: [1, 1, 2, 2] };
    expect(propsOf({ images, maps, mapNames: ["mine"], model: null })).toMatchObject({
      model: null,
      preprocessing: null,
      maps: { shape: [1, 1, 2, 2] },
      mapNames: ["mine"],
    });
  });
});
