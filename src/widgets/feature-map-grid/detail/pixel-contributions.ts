import type { PixelExplanation, PixelTerms } from "../../../compute/feature-maps/explain/pixel-explanation.ts";

/** What one channel adds to a pixel: `height * width` values, their weights, their products. */
export interface Contribution {
  /** The layer that it is read from. */
  readonly source: string;
  readonly channel: number;
  readonly height: number;
  readonly width: number;
  readonly values: Float32Array;
  /** null where the highest or lowest value is taken. */
  readonly weights: Float32Array | null;
  /** Value times weight; the values themselves without weights. */
  readonly products: Float32Array;
  /** 1 where a value lies in the padding. */
  readonly padded: Uint8Array;
  /** The sum of the products in double precision; without weights the value that is taken. */
  readonly sum: number;
}

export interface Contributions {
  /** The strongest, by the size of their sums. */
  readonly shown: readonly Contribution[];
  /** The others together. */
  readonly rest: { readonly count: number; readonly sum: number };
}

/**
 * What a pixel was made from, channel by channel, the strongest first.
 *
 * @param most How many are told one by one. Where only one more is left, it is told as well.
 */
export function pixelContributions({ terms, sum }: PixelExplanation, most: number): Contributions {
  const all = terms.flatMap((one) => contributionsOf(one, sum ?? 0));
  all.sort((a, b) => Math.abs(b.sum) - Math.abs(a.sum));
  const count = all.length === most + 1 ? all.length : most;
  const others = all.slice(count);
  return {
    shown: all.slice(0, count),
    rest: { count: others.length, sum: others.reduce((total, one) => total + one.sum, 0) },
  };
}

function contributionsOf(terms: PixelTerms, taken: number): readonly Contribution[] {
  const { source, firstChannel, channels, rows, columns } = terms;
  const size = rows.count * columns.count;
  return Array.from({ length: channels }, (_, channel) => {
    const [from, to] = [channel * size, (channel + 1) * size];
    const values = terms.values.subarray(from, to);
    const weights = terms.weights?.subarray(from, to) ?? null;
    const products = weights ? values.map((value, index) => value * (weights[index] ?? 0)) : values;
    return {
      source,
      channel: firstChannel + channel,
      height: rows.count,
      width: columns.count,
      values,
      weights,
      products,
      padded: terms.padded.subarray(from, to),
      sum: weights ? sumOfProducts(values, weights) : taken,
    };
  });
}

/** In double precision: the products themselves are rounded to single for showing. */
function sumOfProducts(values: Float32Array, weights: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) * (weights[index] ?? 0);
  return sum;
}
