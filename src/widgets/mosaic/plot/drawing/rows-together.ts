/** So often at most what comes is drawn, ms: a frame costs more than its tiles. */
const TOGETHER_MS = 100;

/** Rows whose pictures are here and not yet drawn: those that come one lot soon after the other are drawn together. */
export class RowsTogether {
  readonly #rows = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastDrawn = Number.NEGATIVE_INFINITY;

  constructor(private readonly draw: (rows: ReadonlySet<number>) => void) {}

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** @param isLast Nothing more is on its way: there is nothing to wait for. */
  add(rows: readonly number[], isLast: boolean): void {
    for (const row of rows) this.#rows.add(row);
    const wait = isLast ? 0 : this.#lastDrawn + TOGETHER_MS - performance.now();
    if (wait <= 0) this.#drawAll();
    else this.#timer ??= setTimeout(() => this.#drawAll(), wait);
  }

  /** All was drawn with the rest, or is no longer on show. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#rows.clear();
  }

  #drawAll(): void {
    const rows = new Set(this.#rows);
    this.forget();
    this.#lastDrawn = performance.now();
    this.draw(rows);
  }
}
