import type { PlotlyElement } from "plotly.js-gl3d-dist-min";
import { projectionOf } from "./projection.ts";

/** Rows that are ringed; -1: none. */
export interface Ringed {
  readonly hovered: number;
  readonly current: number;
}

/** Diameters, CSS pixels: the hovered row has one ring, the current row two. */
const HOVERED = 13;
const CURRENT = [12, 18] as const;

/**
 * Rings around rows in space, laid over plotly.js: a trace of rings would make it draw everything anew, and for half a
 * second after each drawing it can't be turned. They follow the camera from frame to frame while there are any.
 */
export class SpaceRings {
  #ringed: Ringed = { hovered: -1, current: -1 };
  #positions: Float32Array = new Float32Array(0);
  #isFollowing = false;
  readonly #hovered: readonly HTMLElement[];
  readonly #current: readonly HTMLElement[];

  constructor(
    private readonly frame: HTMLElement,
    private readonly plot: () => PlotlyElement | null,
    private readonly signal: AbortSignal,
  ) {
    this.#hovered = [this.#build(HOVERED)];
    this.#current = CURRENT.map((diameter) => this.#build(diameter));
  }

  show(ringed: Ringed): void {
    this.#ringed = ringed;
    this.#follow();
  }

  /** @param positions `x, y, z` of every row, interleaved. */
  move(positions: Float32Array): void {
    this.#positions = positions;
    this.#follow();
  }

  #follow(): void {
    if (this.#isFollowing || this.signal.aborted) return;
    this.#isFollowing = true;
    requestAnimationFrame(() => {
      this.#isFollowing = false;
      // What plotly.js was purged of can't be asked where a row lies.
      if (this.signal.aborted) return;
      const { hovered, current } = this.#ringed;
      this.#place(this.#hovered, hovered);
      this.#place(this.#current, current);
      if (hovered >= 0 || current >= 0) this.#follow();
    });
  }

  #place(rings: readonly HTMLElement[], row: number): void {
    const [x, y, z] = this.#positions.subarray(3 * row, 3 * row + 3);
    const plot = row < 0 || x === undefined || y === undefined || z === undefined ? null : this.plot();
    const place = plot && projectionOf(plot)?.(x ?? 0, y ?? 0, z ?? 0);
    for (const ring of rings) {
      ring.hidden = !place;
      if (place) ring.style.transform = `translate(${place[0]}px, ${place[1]}px) translate(-50%, -50%)`;
    }
  }

  #build(diameter: number): HTMLElement {
    const ring = this.frame.ownerDocument.createElement("div");
    ring.className = "ls-space-ring";
    ring.style.width = ring.style.height = `${diameter}px`;
    ring.hidden = true;
    this.frame.append(ring);
    return ring;
  }
}
