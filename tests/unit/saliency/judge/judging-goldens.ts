import { readFileSync } from "node:fs";

interface Judged {
  readonly sigma: number;
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
  readonly deletionArea: number;
  readonly insertionArea: number;
  /** The most salient places. */
  readonly first: readonly number[];
  /** Of the blurred picture, (height, width, channels). */
  readonly blurred: readonly number[];
}

/** What NumPy, SciPy and onnxruntime made (tests/reference/models/make-judging-goldens.py). */
export const goldens: { readonly linear: Judged; readonly tinynet: Judged } = JSON.parse(
  readFileSync("tests/reference/saliency/judging-goldens.json", "utf8"),
);

/** The map that is judged there: sin(0.4 row) cos(0.3 column) to one decimal. */
export function waves(height: number, width: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: height * width }, (_, place) => {
    const [row, column] = [Math.floor(place / width), place % width];
    return Math.floor(10 * Math.sin(0.4 * row) * Math.cos(0.3 * column) + 0.5) / 10;
  });
}
