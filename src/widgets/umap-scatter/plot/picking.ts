import { nearestInDirection, nearestPoint } from "../../../compute/points/nearest-point.ts";
import { buildPointIndex, type PointIndex } from "../../../compute/points/point-index.ts";
import { rowsInPolygon, rowsInRectangle } from "../../../compute/points/polygon-mask.ts";
import type { RowMask } from "../../../compute/selection/row-mask.ts";
import { toMap, type View } from "../../plane/view.ts";

/** A pointer this far from a mark's edge still means it, CSS pixels. */
const REACH = 4;

export type IndexBuilder = (positions: Float32Array<ArrayBuffer>) => Promise<PointIndex>;

/** Which rows lie under a pointer or in an outline. */
export class Picking {
  #index: PointIndex | null = null;
  #positions: Float32Array<ArrayBuffer> | null = null;

  constructor(
    private readonly buildIndex: IndexBuilder,
    private readonly signal: AbortSignal,
  ) {}

  get isReady(): boolean {
    return this.#index !== null;
  }

  /** Marks have moved and will go on moving: nothing can be found until `index`. */
  forget(): void {
    this.#index = null;
    this.#positions = null;
  }

  /** Index these positions; resolves once rows can be found, or when others have come meanwhile. */
  async index(positions: Float32Array<ArrayBuffer>): Promise<void> {
    this.#index = null;
    this.#positions = positions;
    const index = await this.buildIndex(positions).catch(() => this.#indexHere(positions));
    if (this.#positions === positions) this.#index = index;
  }

  /** In slices beside the page's other work: where the page forbids workers, or the worker was lost. */
  async #indexHere(positions: Float32Array<ArrayBuffer>): Promise<PointIndex | null> {
    if (this.signal.aborted || this.#positions !== positions) return null;
    return buildPointIndex(positions, { signal: this.signal });
  }

  /** The row whose mark is nearest to that pixel of the body; -1 where none is near. */
  rowAt(view: View, bodyX: number, bodyY: number, diameter: number): number {
    if (!this.#index) return -1;
    return nearestPoint(this.#index, ...toMap(view, bodyX, bodyY), (diameter / 2 + REACH) / view.scale);
  }

  /** The row nearest to the middle of the view. */
  middleRow(view: View): number {
    return this.#index ? nearestPoint(this.#index, ...toMap(view, view.width / 2, view.height / 2)) : -1;
  }

  /** The nearest mark from that of `row` in a direction of the screen, y downwards; -1 where there is none. */
  rowBeside(view: View, row: number, x: number, y: number): number {
    if (!this.#index) return -1;
    const [a, b, c, d] = view.turn;
    return nearestInDirection(this.#index, row, a * x - c * y, b * x - d * y);
  }
}

/** The rows inside an outline on the body. */
export function rowsInOutline(
  positions: Float32Array,
  view: View,
  corners: readonly (readonly [x: number, y: number])[],
  isRectangle: boolean,
): RowMask {
  const places = corners.map(([x, y]) => toMap(view, x, y));
  const rows = positions.length >> 1;
  const [first, , opposite] = places;
  // A turned map turns the rectangle into a polygon.
  if (isRectangle && first && opposite && view.turn[1] === 0 && view.turn[2] === 0)
    return rowsInRectangle(positions, ...first, ...opposite, rows);
  return rowsInPolygon(positions, Float32Array.from(places.flat()), rows);
}
