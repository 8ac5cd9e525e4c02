import type { ComputeError } from "../../compute/errors.ts";
import type { Layout } from "./layout.ts";

const KEY = Symbol.for("layerscope.shared-layouts");

/** What those hear who draw the same rows. */
export interface LayoutListener {
  onLayout(layout: Layout): void;
  /** No layout came of what was begun, and there is none from before; null: it has been begun anew. */
  onFailure(failure: ComputeError | null): void;
  /** Nobody publishes any more, and no layout has come. */
  onDeserted(): void;
}

/** Where the rows of one widget lie, told to others on the page that draw the same rows: while it settles, too. */
export class SharedLayout {
  #layout: Layout | null = null;
  #failure: ComputeError | null = null;
  #offers = 0;
  readonly #listeners = new Set<LayoutListener>();

  get layout(): Layout | null {
    return this.#layout;
  }

  /** A widget on this page publishes it, now or later. */
  get isOffered(): boolean {
    return this.#offers > 0;
  }

  /** Publish here from now on; a layout that still settles when nobody does any more stays as it is. */
  offer(signal: AbortSignal): void {
    this.#offers++;
    signal.addEventListener("abort", () => this.#withdraw(), { once: true });
  }

  /** Why there is no layout; null: there is one, or one may come. */
  get failure(): ComputeError | null {
    return this.#failure;
  }

  publish(layout: Layout): void {
    this.#layout = layout;
    this.#failure = null;
    for (const listener of [...this.#listeners]) listener.onLayout(layout);
  }

  /** @param failure Why no layout came; null: it is begun anew. Where there is one already nobody need hear of it. */
  fail(failure: ComputeError | null): void {
    if (this.#layout || failure === this.#failure) return;
    this.#failure = failure;
    for (const listener of [...this.#listeners]) listener.onFailure(failure);
  }

  listen(listener: LayoutListener, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  #withdraw(): void {
    this.#offers--;
    if (this.#offers > 0) return;
    if (this.#layout?.settling) this.publish({ ...this.#layout, settling: false });
    else if (!this.#layout) for (const listener of [...this.#listeners]) listener.onDeserted();
  }
}

/**
 * The layout of that name on this page. Names live on the page, not in this module: two widgets may come from two
 * copies of the code and still follow each other. Layouts that nobody holds are collected.
 */
export function sharedLayout(name: string): SharedLayout {
  const page = globalThis as { [KEY]?: Map<string, WeakRef<SharedLayout>> };
  page[KEY] ??= new Map();
  const layouts = page[KEY];
  for (const [known, layout] of layouts) if (!layout.deref()) layouts.delete(known);
  const found = layouts.get(name)?.deref();
  if (found) return found;
  const made = new SharedLayout();
  layouts.set(name, new WeakRef(made));
  return made;
}
