import { readFileSync } from "node:fs";

interface PackedCase {
  readonly name: string;
  readonly values: string;
  readonly box: Readonly<
    Record<"mean" | "min" | "q1" | "median" | "q3" | "max" | "whiskerLow" | "whiskerHigh", number>
  > & {
    readonly outliers: string;
  };
  readonly density: string;
}

const golden = JSON.parse(readFileSync("tests/reference/box-goldens.json", "utf8")) as { cases: PackedCase[] };

const bytesOf = (packed: string) => Uint8Array.from(Buffer.from(packed, "base64")).buffer;

/** What NumPy and SciPy say of some values (tests/reference/make-box-goldens.py). */
export const boxGoldens = golden.cases.map(({ name, values, box: { outliers, ...numbers }, density }) => ({
  name,
  values: new Float32Array(bytesOf(values)),
  numbers,
  outliers: new Float32Array(bytesOf(outliers)),
  density: new Float64Array(bytesOf(density)),
}));
