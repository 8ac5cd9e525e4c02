import type { WindowCells } from "../../../compute/mosaic/index.ts";
import { CellLookbook, type CellLooks } from "./cells/cell-looks.ts";

const FADE_MS = 120;
/** Of more cells than this a frame of the fade would hold the page (a million: 0.1 s of CPU); they change at once. */
const MOST_FADED = 50_000;

/** How cells look, and how they looked before while that fades. */
export class LookFade {
  #now = new CellLookbook({ mask: null, focus: null, paint: null, coloring: null });
  #before: CellLookbook | null = null;
  #start = 0;

  constructor(private readonly isMotionReduced: () => boolean) {}

  get looks(): CellLooks {
    return this.#now.looks;
  }

  change(changed: Partial<CellLooks>, fades: boolean, time: number): void {
    this.#before = fades && !this.isMotionReduced() ? this.#now : null;
    this.#start = time;
    this.#now = new CellLookbook({ ...this.#now.looks, ...changed });
  }

  isMoving(time: number): boolean {
    return this.#before !== null && time - this.#start < FADE_MS;
  }

  colorsOf(cells: WindowCells): readonly (string | null)[] | null {
    return this.#now.colorsOf(cells);
  }

  opacitiesOf(cells: WindowCells, time: number): Float32Array | null {
    const to = this.#now.opacitiesOf(cells);
    if (!this.#before || !this.isMoving(time) || cells.shown.length > MOST_FADED) return to;
    const from = this.#before.opacitiesOf(cells);
    if (!from && !to) return null;
    const share = Math.max(0, (time - this.#start) / FADE_MS);
    return Float32Array.from(cells.shown, (_, cell) => {
      const before = from?.[cell] ?? 1;
      return before + ((to?.[cell] ?? 1) - before) * share;
    });
  }
}
