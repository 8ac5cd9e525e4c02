/** What comes waits so long for more, ms: a frame costs more than its tiles. */
const TOGETHER_MS = 100;

/** Rows whose pictures are here and not yet drawn: those that come one lot soon after the other are drawn together. */
export class RowsTogether {
  readonly #rows = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly draw: (rows: ReadonlySet<number>) => void) {}

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** @param isLast Nothing more is on its way: there is nothing to wait for. */
  add(rows: readonly number[], isLast: boolean): void {
    for (const row of rows) this.#rows.add(row);
    if (isLast) this.#drawAll();
    else this.#timer ??= setTimeout(() => this.#drawAll(), TOGETHER_MS);
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
    this.draw(rows);
  }
}
