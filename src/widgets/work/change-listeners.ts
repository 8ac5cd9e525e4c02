/** Who is to hear of changes, each until its signal aborts. */
export class ChangeListeners<Change> {
  readonly #listeners = new Set<(change: Change) => void>();

  listen(listener: (change: Change) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  /** Those that come or go while it is told are not disturbed. */
  tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  end(): void {
    this.#listeners.clear();
  }
}
