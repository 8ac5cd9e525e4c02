import type {
  SaliencyPicture,
  ShownMap,
  ShownSaliency,
} from "../../src/widgets/saliency-overlay/data/shown-saliency.ts";

/** A map of these values, for the class where `signed` does not say otherwise. */
export function shownMap({
  height,
  width,
  values,
  ...others
}: {
  readonly height: number;
  readonly width: number;
  readonly values: readonly number[];
} & Partial<ShownMap>): ShownMap {
  return {
    height,
    width,
    strength: Float32Array.from(values),
    signed: Float32Array.from(values),
    isPartial: false,
    score: null,
    baselineScore: null,
    completeness: null,
    layer: null,
    notes: [],
    ...others,
  };
}

const HEIGHT = 4;
const WIDTH = 6;

/** Two pictures of 4 × 6 with two maps each: a path's with its scores, and one of regions. */
export function shownSaliency(): ShownSaliency {
  const places = HEIGHT * WIDTH;
  const picture = (name: string, seed: number, classIdx: number, share: number): SaliencyPicture => {
    const values = (start: number) => Array.from({ length: places }, (_, at) => Math.abs(Math.sin(start + at)));
    const probabilities = new Float32Array(4);
    probabilities[classIdx] = share;
    return {
      key: name,
      name,
      number: seed,
      pixels: {
        height: HEIGHT,
        width: WIDTH,
        data: Uint8ClampedArray.from({ length: places * 4 }, (_, at) => (at % 4 === 3 ? 255 : (at * 37 + seed) % 256)),
      },
      probabilities,
      classes: [classIdx, classIdx],
      maps: [
        shownMap({
          height: HEIGHT,
          width: WIDTH,
          values: values(seed),
          signed: Float32Array.from(values(seed + 1), (value) => value - 0.5),
          score: 3.21,
          baselineScore: 0.1,
          completeness: { sum: 3.08, difference: 3.11, error: -0.03 },
        }),
        shownMap({ height: HEIGHT, width: WIDTH, values: values(seed + 2) }),
      ],
    };
  };
  return {
    model: "lab.onnx",
    processor: "WebAssembly",
    reason: "",
    columns: [
      { method: "integrated_gradients", smooth: false, classIdx: null, name: "integrated gradients" },
      { method: "xrai", smooth: false, classIdx: null, name: "XRAI" },
    ],
    pictures: [picture("dog.jpg", 0, 1, 0.94), picture("<b>wolf</b>", 5, 3, 0.5)],
    classNames: ["cat", "dog", "fox"],
  };
}
