import type { UmapOptions } from "../options.ts";

/** What may be changed while a layout settles. */
export type LiveOptions = Partial<
  Pick<UmapOptions, "nNeighbors" | "minDist" | "spread" | "learningRate" | "repulsionStrength" | "negativeSampleRate">
>;

/** One thing told to a settling layout; survives cloning. */
export type LayoutOrder =
  | { readonly kind: "pause" }
  | { readonly kind: "resume" }
  | { readonly kind: "step"; readonly rounds: number }
  | { readonly kind: "change"; readonly options: LiveOptions };

/**
 * A hand on a layout while it settles: hold it, move it some rounds, try other parameters. What a layout becomes after
 * a change depends on when it was changed; for the map of these parameters, run it from the seed.
 */
export class LayoutControl {
  #paused = false;
  readonly #orders: LayoutOrder[] = [];
  readonly #listeners = new Set<() => void>();

  /** Whether it stands still, or will once the rounds of `step` are done. */
  get paused(): boolean {
    return this.#paused;
  }

  /** Stand still after the round that is under way. */
  pause(): void {
    this.tell({ kind: "pause" });
  }

  resume(): void {
    this.tell({ kind: "resume" });
  }

  /** Move so many rounds more, then stand still. */
  step(rounds = 1): void {
    this.tell({ kind: "step", rounds });
  }

  /**
   * Go on with other parameters from the next round. `nNeighbors` takes as many neighbours as were kept, at most.
   * Parameters without meaning end the run with an "input" error. The engine "umap-js" goes on with those it has.
   */
  change(options: LiveOptions): void {
    this.tell({ kind: "change", options });
  }

  tell(order: LayoutOrder): void {
    if (order.kind !== "change") this.#paused = order.kind !== "resume";
    this.#orders.push(order);
    for (const listener of [...this.#listeners]) listener();
  }

  /** What was told and not yet taken, in its order. There is one taker: the layout, or the line to its worker. */
  takeOrders(): readonly LayoutOrder[] {
    return this.#orders.splice(0);
  }

  /** Call the listener at every order; gives the function that ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/**
 * The round that a layout stands still before, when these orders have come.
 *
 * @param until The round it stood still before until now; `epochs` where it was to go on to the end.
 * @param epoch Rounds done.
 */
export function roundToStandBefore(
  orders: readonly LayoutOrder[],
  until: number,
  epoch: number,
  epochs: number,
): number {
  let stand = until;
  for (const order of orders)
    if (order.kind === "pause") stand = epoch;
    else if (order.kind === "resume") stand = epochs;
    else if (order.kind === "step") stand = Math.min(epochs, (stand < epochs ? stand : epoch) + order.rounds);
  return stand;
}

/** Resolves at the next order, and when the signal aborts. */
export function nextOrder(control: LayoutControl, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      silence();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const silence = control.listen(end);
    if (signal?.aborted) end();
    else signal?.addEventListener("abort", end);
  });
}
