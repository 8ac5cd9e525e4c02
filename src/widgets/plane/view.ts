/** A rotation or a reflection of the map, row-major: X = a·x + b·y, Y = c·x + d·y. */
export type Turn = readonly [a: number, b: number, c: number, d: number];

export const noTurn: Turn = [1, 0, 0, 1];

/** What part of the map a body shows. Equal scales on both axes, y upwards. */
export interface View {
  /** The middle of the body, in turned map units. */
  readonly centerX: number;
  readonly centerY: number;
  /** CSS pixels a map unit. */
  readonly scale: number;
  /** The body, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly turn: Turn;
}

/** x' = a·x + c·y + e, y' = b·x + d·y + f: the order of a canvas transform. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** From map units to pixels of a picture that shows the view `ratio` times as large as on the screen, y downwards. */
export function affineOf(view: View, ratio = 1): Affine {
  const { centerX, centerY, width, height, turn } = view;
  const scale = view.scale * ratio;
  return [
    scale * turn[0],
    -scale * turn[2],
    scale * turn[1],
    -scale * turn[3],
    (ratio * width) / 2 - scale * centerX,
    (ratio * height) / 2 + scale * centerY,
  ];
}

export function applyAffine([a, b, c, d, e, f]: Affine, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

/** Where on the body (CSS pixels) a place of the map lies. */
export function toBody(view: View, x: number, y: number): readonly [number, number] {
  return applyAffine(affineOf(view), x, y);
}

/** The place of the map under a pixel of the body. */
export function toMap(view: View, bodyX: number, bodyY: number): readonly [number, number] {
  const { turn } = view;
  const x = view.centerX + (bodyX - view.width / 2) / view.scale;
  const y = view.centerY - (bodyY - view.height / 2) / view.scale;
  return [turn[0] * x + turn[2] * y, turn[1] * x + turn[3] * y];
}

export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** The box around all finite positions once turned; null where there is none. */
export function boundsOf(positions: Float32Array, turn: Turn): Bounds | null {
  let left = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let top = Number.NEGATIVE_INFINITY;
  const [a, b, c, d] = turn;
  for (let at = 0; at + 1 < positions.length; at += 2) {
    const x = positions[at] as number;
    const y = positions[at + 1] as number;
    const turnedX = a * x + b * y;
    const turnedY = c * x + d * y;
    if (!Number.isFinite(turnedX + turnedY)) continue;
    if (turnedX < left) left = turnedX;
    if (turnedX > right) right = turnedX;
    if (turnedY < bottom) bottom = turnedY;
    if (turnedY > top) top = turnedY;
  }
  return left <= right ? { left, right, bottom, top } : null;
}

const MARGIN = 0.03;

/** The view that shows everything, with a margin of 3 % on every side. */
export function fitView(bounds: Bounds | null, width: number, height: number, turn: Turn): View {
  if (!bounds) return { centerX: 0, centerY: 0, scale: 1, width, height, turn };
  const { left, right, bottom, top } = bounds;
  const room = 1 - 2 * MARGIN;
  const scale = Math.min((width * room) / (right - left), (height * room) / (top - bottom));
  return {
    centerX: (left + right) / 2,
    centerY: (bottom + top) / 2,
    // One place only: any scale shows it, so one at which a unit is seen.
    scale: Number.isFinite(scale) && scale > 0 ? scale : Math.min(width, height) / 2,
    width,
    height,
    turn,
  };
}

/** The view `factor` times closer, with the map staying put under that pixel of the body. */
export function zoomView(view: View, factor: number, bodyX: number, bodyY: number): View {
  const awayX = (bodyX - view.width / 2) / view.scale;
  const awayY = -(bodyY - view.height / 2) / view.scale;
  return {
    ...view,
    scale: view.scale * factor,
    centerX: view.centerX + awayX * (1 - 1 / factor),
    centerY: view.centerY + awayY * (1 - 1 / factor),
  };
}

/** The view after its contents were dragged by so many CSS pixels. */
export function panView(view: View, byX: number, byY: number): View {
  return { ...view, centerX: view.centerX - byX / view.scale, centerY: view.centerY + byY / view.scale };
}

/** `share` of the way from one view to another; scales are interpolated geometrically, so that zooming looks even. */
export function mixViews(from: View, to: View, share: number): View {
  return {
    ...to,
    centerX: from.centerX + (to.centerX - from.centerX) * share,
    centerY: from.centerY + (to.centerY - from.centerY) * share,
    scale: from.scale * (to.scale / from.scale) ** share,
  };
}

/** What moves a picture drawn with `from` to where `to` would draw it. */
export function relativeAffine(from: Affine, to: Affine): [number, number, number, number, number, number] {
  const [a, b, c, d, e, f] = from;
  const determinant = a * d - b * c;
  const inverse = [d / determinant, -b / determinant, -c / determinant, a / determinant] as const;
  const [p, q, r, s] = [
    to[0] * inverse[0] + to[2] * inverse[1],
    to[1] * inverse[0] + to[3] * inverse[1],
    to[0] * inverse[2] + to[2] * inverse[3],
    to[1] * inverse[2] + to[3] * inverse[3],
  ];
  return [p, q, r, s, to[4] - p * e - r * f, to[5] - q * e - s * f];
}
