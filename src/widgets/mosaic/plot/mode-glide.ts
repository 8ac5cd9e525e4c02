import { easeCubicInOut } from "d3";

const GLIDE_MS = 300;

/** Where the drawing stands between tiles and points. */
export class ModeGlide {
  #from = 0;
  #to: 0 | 1 = 0;
  #start = Number.NEGATIVE_INFINITY;

  constructor(private readonly isMotionReduced: () => boolean) {}

  get isToPoints(): boolean {
    return this.#to === 1;
  }

  go(mode: "tiles" | "points", now: number): void {
    const to = mode === "points" ? 1 : 0;
    if (to === this.#to) return;
    this.#from = this.at(now);
    this.#to = to;
    this.#start = now;
  }

  /** 0: tiles, 1: points. */
  at(now: number): number {
    const share = this.isMotionReduced() ? 1 : Math.min(1, Math.max(0, (now - this.#start) / GLIDE_MS));
    return this.#from + (this.#to - this.#from) * easeCubicInOut(share);
  }

  isMoving(now: number): boolean {
    return this.at(now) !== this.#to;
  }
}
