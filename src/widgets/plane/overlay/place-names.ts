/** A name with the place it belongs to and its size, CSS pixels of the body. */
export interface NameBox {
  readonly name: string;
  /** Wanted middle. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Whether it may be moved there; left out: wherever it is near enough. */
  readonly mayLie?: ((box: Box) => boolean) | undefined;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const GAP = 2;
const STEP = 6;
const TURNS = 16;
/** A name further off than this would be taken for another cluster's. */
const FURTHEST = 90;

/**
 * Middles for names, so that none overlaps another or a `taken` box and none is cut. Earlier names keep their places;
 * later ones move to the nearest free place. A name whose own place is outside the body, or that finds none near, is
 * left out.
 */
export function placeNames(
  names: readonly NameBox[],
  body: { readonly width: number; readonly height: number },
  taken: readonly Box[] = [],
): readonly NameBox[] {
  const boxes = [...taken];
  const placed: NameBox[] = [];
  for (const name of names) {
    if (name.x < 0 || name.y < 0 || name.x > body.width || name.y > body.height) continue;
    const found = freePlace(name, body, boxes);
    if (!found) continue;
    placed.push(found);
    boxes.push(boxOf(found));
  }
  return placed;
}

function freePlace(
  name: NameBox,
  body: { readonly width: number; readonly height: number },
  boxes: readonly Box[],
): NameBox | null {
  if (name.width > body.width || name.height > body.height) return null;
  for (let away = 0; away <= FURTHEST; away += STEP) {
    for (let turn = 0; turn < (away === 0 ? 1 : TURNS); turn++) {
      const angle = (2 * Math.PI * turn) / TURNS - Math.PI / 2;
      const x = clamp(name.x + away * Math.cos(angle), name.width / 2, body.width - name.width / 2);
      const y = clamp(name.y + away * Math.sin(angle), name.height / 2, body.height - name.height / 2);
      const moved = { ...name, x, y };
      const own = boxOf(moved);
      if (!boxes.some((box) => overlap(box, own)) && (name.mayLie?.(own) ?? true)) return moved;
    }
  }
  return null;
}

export function boxOf({ x, y, width, height }: Pick<NameBox, "x" | "y" | "width" | "height">): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right + GAP && b.left < a.right + GAP && a.top < b.bottom + GAP && b.top < a.bottom + GAP;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
