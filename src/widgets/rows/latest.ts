/** Answers in the order of the questions: one that a newer question has overtaken is dropped, its failure too. */
export class Latest {
  #turn = 0;

  async take<Value>(asked: Promise<Value>, use: (value: Value) => void): Promise<void> {
    const turn = ++this.#turn;
    try {
      const value = await asked;
      if (turn === this.#turn) use(value);
    } catch (thrown) {
      if (turn === this.#turn) throw thrown;
    }
  }

  /** Whatever was asked for is no longer wanted. */
  drop(): void {
    this.#turn++;
  }
}
