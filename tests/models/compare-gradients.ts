/** How far two gradients are apart. */
export interface GradientDistance {
  /** ‖a − b‖ / ‖b‖. */
  readonly relative: number;
  /** Of the angle between them. */
  readonly cosine: number;
}

/** @throws Error where they have not as many numbers, or one has none that count. */
export function compareGradients(a: ArrayLike<number>, b: ArrayLike<number>): GradientDistance {
  if (a.length !== b.length) throw new Error(`a gradient has ${a.length} numbers instead of ${b.length}`);
  let [apart, product, own, other] = [0, 0, 0, 0];
  for (let place = 0; place < b.length; place++) {
    const [left, right] = [a[place] ?? 0, b[place] ?? 0];
    apart += (left - right) ** 2;
    product += left * right;
    own += left ** 2;
    other += right ** 2;
  }
  const distance = { relative: Math.sqrt(apart / other), cosine: product / Math.sqrt(own * other) };
  if (!Number.isFinite(distance.relative + distance.cosine)) throw new Error("a gradient is 0, or no number");
  return distance;
}
