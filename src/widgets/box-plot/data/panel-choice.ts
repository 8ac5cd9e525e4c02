import { type ShownUnits, shownUnits } from "./shown-units.ts";

/** Which units a reader wants on show, beside the best of the ranking. */
export class PanelChoice {
  /** Units whose panels stay, whatever the ranking. */
  pinned: ReadonlySet<number> = new Set();
  /** Units that stay on show while rows are selected by their boxes: nothing moves under the pointer. */
  #held: readonly number[] | null = null;
  #isHolding = false;

  /** The units on show, where nothing is held, of this ranking. */
  shown(wanted: Omit<ShownUnits, "pinned">): readonly number[] {
    return shownUnits({ ...wanted, ranking: this.#held ?? wanted.ranking, pinned: this.pinned });
  }

  /** Keep these units, and those that are kept already. */
  pin(units: Iterable<number>): void {
    this.pinned = new Set([...this.pinned, ...units]);
  }

  togglePin(unit: number): void {
    const pinned = new Set(this.pinned);
    if (!pinned.delete(unit)) pinned.add(unit);
    this.pinned = pinned;
  }

  /** Keep these units on show through a change of the selection. */
  hold(units: readonly number[], change: () => void): void {
    this.#held ??= units;
    this.#isHolding = true;
    change();
    this.#isHolding = false;
  }

  /** Go with the ranking again, unless it is a held change that is heard of. */
  release(): void {
    if (!this.#isHolding) this.#held = null;
  }

  /** Other units: nothing that was chosen is among them. */
  clear(): void {
    this.pinned = new Set();
    this.#held = null;
  }
}
