import type { ComputeError } from "../../compute/errors.ts";
import type { Layout } from "./layout.ts";
import { type SharedLayout, sharedLayout } from "./shared-layout.ts";

/** Tells the page where the rows of one widget lie, under a name that may change. */
export class LayoutOffer {
  /** Held as long as the widget lives: whoever follows finds it by name. */
  #shared: SharedLayout | null = null;
  #offering = new AbortController();

  /** @param lifetime Aborts when the widget ends. */
  constructor(readonly lifetime: AbortSignal) {}

  /** @param name null: nobody follows any more. */
  offer(name: string | null, layout: Layout | null): void {
    this.#offering.abort();
    this.#offering = new AbortController();
    this.#shared = name === null ? null : sharedLayout(name);
    this.#shared?.offer(AbortSignal.any([this.#offering.signal, this.lifetime]));
    if (layout) this.publish(layout);
  }

  publish(layout: Layout): void {
    this.#shared?.publish(layout);
  }

  /** @param failure Why no layout came; null: it is begun anew. */
  fail(failure: ComputeError | null): void {
    this.#shared?.fail(failure);
  }
}
