/** Finite values, least first, and whose each is: a row's, or a slide's. */
export interface AscendingValues {
  readonly length: number;
  valueAt(place: number): number;
  ownerAt(place: number): number;
}

/** Few values: sorted when asked for. Equal ones stay in the order of their owners. */
export class ListedValues implements AscendingValues {
  readonly #values: Float64Array;
  readonly #owners: Int32Array;

  /** @param owners One a value, ascending. */
  constructor(values: Float64Array, owners: Int32Array) {
    const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    this.#values = Float64Array.from(order, (place) => values[place] ?? 0);
    this.#owners = Int32Array.from(order, (place) => owners[place] ?? 0);
  }

  get length(): number {
    return this.#values.length;
  }

  valueAt(place: number): number {
    return this.#values[place] ?? Number.NaN;
  }

  ownerAt(place: number): number {
    return this.#owners[place] ?? -1;
  }
}
