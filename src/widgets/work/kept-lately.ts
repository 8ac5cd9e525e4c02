/** What was made lately, by what was asked, so that going back to it is at once; what was longest unused goes first. */
export class KeptLately<Item> {
  readonly #items = new Map<string, Item>();

  /**
   * @param mostBytes Of all that is kept; one item is kept however large it is.
   * @param bytesOf How many an item takes.
   */
  constructor(
    private readonly mostBytes: number,
    private readonly bytesOf: (item: Item) => number,
  ) {}

  get(key: string): Item | undefined {
    const found = this.#items.get(key);
    if (found) this.put(key, found);
    return found;
  }

  put(key: string, item: Item): void {
    this.#items.delete(key);
    this.#items.set(key, item);
    let bytes = [...this.#items.values()].reduce((sum, each) => sum + this.bytesOf(each), 0);
    for (const [known, each] of this.#items) {
      if (bytes <= this.mostBytes || this.#items.size === 1) return;
      this.#items.delete(known);
      bytes -= this.bytesOf(each);
    }
  }

  /** What they were made of is another by now. */
  clear(): void {
    this.#items.clear();
  }
}
