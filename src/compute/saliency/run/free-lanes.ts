/** Gives each call the next lane that is free; calls beyond them wait their turn. */
export class FreeLanes<Lane> {
  readonly #free: Lane[];
  readonly #waiting: ((lane: Lane) => void)[] = [];

  constructor(readonly lanes: readonly Lane[]) {
    this.#free = [...lanes];
  }

  async with<Result>(work: (lane: Lane) => Promise<Result>): Promise<Result> {
    const lane = this.#free.shift() ?? (await new Promise<Lane>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(lane);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(lane);
      else this.#free.push(lane);
    }
  }
}
