import type { DrawnPoints, PointPicture, PointStyles } from "../webgpu/gpu-draw-points.ts";

/** A view would like a picture of the layout as it stands now; survives cloning. */
export interface PictureAsk {
  /** Who asks, by `LayoutPictures.newView`. */
  readonly view: number;
  /** Of the view's asks, so that no late answer is taken for another's. */
  readonly number: number;
  readonly picture: PointPicture;
  /** How the rows look; absent where that is as in the view's ask before. */
  readonly styles?: PointStyles | undefined;
}

/** The answer. */
export interface LayoutPicture extends DrawnPoints {
  readonly view: number;
  readonly number: number;
}

interface Waiting {
  readonly ask: PictureAsk;
  isTaken: boolean;
  resolve(picture: LayoutPicture | null): void;
}

/**
 * The line between a layout that settles on the GPU and the views that show it: each view asks for a picture, and for
 * the next one when it has that. Frames whose `isDrawable` is set tell that there is somebody to answer.
 */
export class LayoutPictures {
  #views = 0;
  #hasEnded = false;
  /** The latest ask of each view, until it is answered. */
  readonly #waiting = new Map<number, Waiting>();
  readonly #styles = new Map<number, PointStyles>();
  readonly #listeners = new Set<() => void>();

  /** No picture comes any more. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** A number for a view to ask under. */
  newView(): number {
    return ++this.#views;
  }

  /** Resolves with the picture, and with null when the ask is withdrawn, another one takes its place, or all has ended. */
  ask(ask: PictureAsk): Promise<LayoutPicture | null> {
    this.withdraw(ask.view);
    if (this.#hasEnded) return Promise.resolve(null);
    if (ask.styles) this.#styles.set(ask.view, ask.styles);
    return new Promise((resolve) => {
      this.#waiting.set(ask.view, { ask, isTaken: false, resolve });
      for (const listener of [...this.#listeners]) listener();
    });
  }

  withdraw(view: number): void {
    this.#waiting.get(view)?.resolve(null);
    this.#waiting.delete(view);
  }

  /** What was asked for and not yet taken. There is one taker: the layout, or the line to its worker. */
  takeAsks(): readonly PictureAsk[] {
    const fresh = [...this.#waiting.values()].filter(({ isTaken }) => !isTaken);
    for (const waiting of fresh) waiting.isTaken = true;
    return fresh.map(({ ask }) => ask);
  }

  /** How a view has its rows drawn, by its latest ask that told it. */
  stylesOf(view: number): PointStyles | undefined {
    return this.#styles.get(view);
  }

  answer(picture: LayoutPicture): void {
    const waiting = this.#waiting.get(picture.view);
    if (waiting?.ask.number !== picture.number) return;
    this.#waiting.delete(picture.view);
    waiting.resolve(picture);
  }

  /** The layout is done, or nobody is left who could draw it. */
  end(): void {
    this.#hasEnded = true;
    for (const view of [...this.#waiting.keys()]) this.withdraw(view);
    this.#styles.clear();
  }

  /** Call the listener at every ask; gives the function that ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
