import { easeCubicOut } from "d3";
import { type Bounds, boundsOf, fitView, mixViews, noTurn, panView, type Turn, type View, zoomView } from "./view.ts";

const GLIDE_MS = 200;
/** How much of the way to the fit a settling map moves with each of its frames. */
const SETTLE_SHARE = 0.15;
const CLOSEST = 5000;
const FURTHEST = 0.2;

/** Which part of the map is shown, and how it gets there. It keeps the whole map in view until a reader moves it. */
export class Camera {
  #view: View = { centerX: 0, centerY: 0, scale: 1, width: 0, height: 0, turn: noTurn };
  #bounds: Bounds | null = null;
  #following = true;
  #placed = false;
  #glide: { readonly from: View; readonly to: View; readonly start: number } | null = null;

  constructor(
    private readonly changed: () => void,
    private readonly isMotionReduced: () => boolean,
  ) {}

  get view(): View {
    return this.#view;
  }

  /** How many times closer than the fit; marks grow with it. */
  get zoom(): number {
    return this.#view.scale / this.#fitted().scale;
  }

  /** The whole map is kept in view: no reader has moved it since. */
  get isFollowing(): boolean {
    return this.#following;
  }

  get isMoving(): boolean {
    return this.#glide !== null;
  }

  /** The body has another size: the middle of the view stays, and the fit stays a fit. */
  resize(width: number, height: number): void {
    this.#view = { ...this.#view, width, height };
    this.#glide = null;
    if (this.#following) this.#view = this.#fitted();
    this.#placed = width > 0 && this.#bounds !== null;
    this.changed();
  }

  /** Forget where the reader has gone: the next positions are shown whole, at once. */
  reset(): void {
    this.#following = true;
    this.#placed = false;
    this.#glide = null;
  }

  /** Other positions. A settling map draws the view after it by steps; a settled one is glided to. */
  show(positions: Float32Array, turn: Turn, settling: boolean): void {
    this.#bounds = boundsOf(positions, turn);
    this.#view = { ...this.#view, turn };
    const fitted = this.#fitted();
    if (!this.#placed) this.#view = fitted;
    else if (this.#following && settling) this.#view = mixViews(this.#view, fitted, SETTLE_SHARE);
    else if (this.#following) this.#glideTo(fitted);
    this.#placed = this.#view.width > 0 && this.#bounds !== null;
    this.changed();
  }

  /** The settling map has been drawn anew: another step after it, by the positions that were last seen. */
  followOn(): void {
    if (this.#following && this.#placed) this.#view = mixViews(this.#view, this.#fitted(), SETTLE_SHARE);
    this.changed();
  }

  fit(): void {
    this.#following = true;
    this.#glideTo(this.#fitted());
  }

  /** Closer or further, at once, about a pixel of the body. */
  zoomBy(factor: number, bodyX: number, bodyY: number): void {
    this.#following = false;
    this.#glide = null;
    this.#view = this.#zoomed(this.#view, factor, bodyX, bodyY);
    this.changed();
  }

  /** Closer or further about the middle, in a glide. */
  glideBy(factor: number): void {
    this.#following = false;
    const from = this.#glide?.to ?? this.#view;
    this.#glideTo(this.#zoomed(from, factor, from.width / 2, from.height / 2));
  }

  /** Drag the contents by so many CSS pixels. */
  panBy(x: number, y: number): void {
    this.#following = false;
    this.#glide = null;
    this.#view = panView(this.#view, x, y);
    this.changed();
  }

  /** Move on to the time of this frame; true while there is more to come. */
  advance(now: number): boolean {
    if (!this.#glide) return false;
    const share = Math.min(1, Math.max(0, (now - this.#glide.start) / GLIDE_MS));
    this.#view = mixViews(this.#glide.from, this.#glide.to, easeCubicOut(share));
    if (share === 1) this.#glide = null;
    return this.#glide !== null;
  }

  #zoomed(view: View, factor: number, bodyX: number, bodyY: number): View {
    const fitted = this.#fitted().scale;
    const scale = Math.min(fitted * CLOSEST, Math.max(fitted * FURTHEST, view.scale * factor));
    return zoomView(view, scale / view.scale, bodyX, bodyY);
  }

  #fitted(): View {
    return fitView(this.#bounds, this.#view.width, this.#view.height, this.#view.turn);
  }

  #glideTo(to: View): void {
    if (this.isMotionReduced()) {
      this.#glide = null;
      this.#view = to;
    } else this.#glide = { from: this.#view, to, start: performance.now() };
    this.changed();
  }
}
