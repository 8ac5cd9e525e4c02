import type { Preprocessing } from "./preprocessing.ts";

/**
 * What is done to a picture, in words: "RGB, resized to 224 × 224 (bilinear), divided by 255, less (0.485, 0.456, 0.406),
 * divided by (0.229, 0.224, 0.225), channels first".
 */
export function describePreprocessing(preprocessing: Preprocessing): string {
  const { size, resize, layout, channels, standardize, normalizer } = preprocessing;
  return [
    channels,
    size ? `resized to ${size.width} × ${size.height} (${resize})` : "",
    normalizer ? `stain normalised (${normalizer.method})` : "",
    ...(standardize === null ? scaleWords(preprocessing) : [`standardised (${standardize})`]),
    layout === "NCHW" ? "channels first" : "channels last",
  ]
    .filter(Boolean)
    .join(", ");
}

function scaleWords({ scale, mean, deviation }: Preprocessing): readonly string[] {
  const divisor = Number((1 / scale).toPrecision(6));
  const isDivisor = Math.abs(scale) < 1 && Math.abs(1 / scale - divisor) < 1e-9 * Math.abs(divisor);
  return [
    scale === 1 ? "values 0 to 255" : isDivisor ? `divided by ${divisor}` : `times ${scale}`,
    mean.some((figure) => figure !== 0) ? `less ${figures(mean)}` : "",
    deviation.some((figure) => figure !== 1) ? `divided by ${figures(deviation)}` : "",
  ];
}

function figures(values: readonly number[]): string {
  return values.length === 1 ? String(values[0]) : `(${values.join(", ")})`;
}
