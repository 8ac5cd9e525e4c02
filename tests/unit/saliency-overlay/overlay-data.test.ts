import { describe, expect, it } from "vitest";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { levelsOf, valuesOf } from "../../../src/widgets/saliency-overlay/data/map-levels.ts";
import { mapValues } from "../../../src/widgets/saliency-overlay/data/map-values.ts";
import { methodWords } from "../../../src/widgets/saliency-overlay/data/method-words.ts";
import { acceptProps } from "../../../src/widgets/saliency-overlay/props.ts";
import { KeptLately } from "../../../src/widgets/work/kept-lately.ts";
import { model, pictures } from "./fake-model.ts";

const images = pictures(2);
const maps = sourceOf(new Float32Array(16), [2, 2, 2, 2]);

describe("what is passed to the overlay", () => {
  it("has integrated gradients beside the picture where nothing else is asked for", () => {
    expect(acceptProps({ model, images })).toMatchObject({
      methods: [{ method: "integrated_gradients", smooth: false }],
      classIdx: null,
      arrangement: "side",
      colormap: "inferno",
      opacity: 0.85,
      percentile: 99,
    });
  });

  it.each([
    [{ images }, "There is no model. Pass an .onnx, .h5 or .keras file, or maps."],
    [{ model: {}, images }, "model is no model."],
    [{ model }, "There is no picture. Pass one at least."],
    [{ model, images: 3 }, "images are no pictures."],
    [{ model, images, maps: 3 }, "maps are no numbers."],
    [
      { images, maps: sourceOf(new Float32Array(4), [1, 1, 2, 2]) },
      "maps are of 1 × 1 × 2 × 2 for 2 pictures. Pass pictures × columns × height × width numbers.",
    ],
    [{ images, maps, mapNames: ["one"] }, "1 name for 2 maps. Pass one name a map."],
    [{ model, images, imageNames: ["one"] }, "1 name for 2 pictures."],
    [{ model, images, classIdx: [] }, "classIdx: expected classes by their numbers or names, or null"],
    [{ model, images, classIdx: [-1] }, "classIdx: expected"],
    [{ model, images, methods: [] }, "There is no method."],
    [{ model, images, methods: [{ method: "lime", smooth: false }] }, 'Unknown method: "lime".'],
    [{ model, images, options: { xstep: 3 } }, 'unknown option: "xstep". Methods take xSteps, '],
    [{ model, images, of: "scores" }, 'Unknown of: "scores".'],
    [{ model, images, shown: [2] }, "shown: expected an integer from 0 to 1, got 2"],
    [{ model, images, colormap: "jet" }, 'Unknown colormap: "jet".'],
    [{ model, images, opacity: 1.5 }, "opacity: expected a number from 0 to 1, got 1.5"],
    [{ model, images, percentile: 0 }, "percentile: expected a number from 1 to 100, got 0"],
    [{ model, images, top: 101 }, "top: expected a number from 0 to 100, got 101"],
    [{ model, images, tiles: 3 }, 'unknown option: "tiles".'],
  ])("is refused in words (%#)", (props, words) => {
    expect(() => acceptProps(props)).toThrow(words);
  });
});

describe("what is drawn of a map", () => {
  const map = { strength: Float32Array.of(0, 1, 2, 4), signed: Float32Array.of(0, -1, 2, 4) };
  const made = { method: "vanilla" } as const;
  const look = { percentile: 100, colormap: "inferno", under: "picture", blend: "layerscope" } as const;

  it("is its strength, or with zero in the middle where colours have a sign", () => {
    expect([...mapValues(map, made, look)]).toEqual([0, 0.25, 0.5, 1]);
    expect([...mapValues(map, made, { ...look, colormap: "signed" })]).toEqual([0.5, 0.375, 0.75, 1]);
    // Slideflow's blend has one map of colours, and no sign.
    expect([...mapValues(map, made, { ...look, colormap: "signed", blend: "slideflow" })]).toEqual([0, 0.25, 0.5, 1]);
  });

  it("is the map itself where it was given, within 0 and 1", () => {
    const given = { strength: Float32Array.of(-1, 0.25, 2, Number.NaN), signed: new Float32Array(4) };
    expect([...mapValues(given, { method: null }, { ...look, percentile: 50 })]).toEqual([0, 0.25, 1, 0]);
  });
});

describe("methods", () => {
  it("are called by their names", () => {
    expect(methodWords({ method: "blur_integrated_gradients", smooth: true })).toBe(
      "blur integrated gradients, smoothed",
    );
    expect(methodWords({ method: "gradcam_plus_plus", smooth: false })).toBe("Grad-CAM++");
  });
});

describe("levels of a map", () => {
  it.each([
    ["of sizes with one that towers above all", [0, 0.001, 0.002, 0.01, 1]],
    ["of both signs", [-2, -0.02, 0, 0.03, 1]],
    ["against the class alone", [-3, -2, -1]],
    ["that is the same everywhere", [0.5, 0.5]],
    ["that is empty", [0, 0, 0]],
  ])("%s give it back", (_, values) => {
    const back = valuesOf(levelsOf(Float32Array.from(values)));
    const span = Math.max(...values.map(Math.abs));
    for (const [at, value] of values.entries()) {
      // Of what is small the difference is small too.
      const step = (2 / 127) * Math.sqrt(Math.max(Math.abs(value) / span, 1 / 127)) * span;
      expect(Math.abs((back[at] ?? 0) - value)).toBeLessThanOrEqual(span > 0 ? step : 0);
    }
  });
});

describe("what was made lately", () => {
  it("is kept up to so many bytes, that which was longest unused goes first", () => {
    const kept = new KeptLately<string>(6, (text) => text.length);
    for (const text of ["aaa", "bbb"]) kept.put(text, text);
    kept.get("aaa");
    kept.put("ccc", "ccc");
    expect([kept.get("aaa"), kept.get("bbb"), kept.get("ccc")]).toEqual(["aaa", undefined, "ccc"]);
    kept.put("large", "larger than all");
    expect([kept.get("ccc"), kept.get("large")]).toEqual([undefined, "larger than all"]);
  });
});
