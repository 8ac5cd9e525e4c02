import { KernelMemory } from "../kernel-memory.ts";
import type { GroupMoments } from "../one-way/group-moments.ts";

/** Units that a kernel takes at once, as doubles behind each other. */
const STRIP = 8;
const STRIP_BYTES = STRIP * 8;
/** Arrangements are listed in parts of about this size, which stay in the cache while unit after unit is compared. */
const LIST_BYTES = 1 << 18;
/** Sums of the same numbers in another order differ by less, and different ones hardly ever by so little. */
const TOLERANCE = 1e-11;
/** The same for Welch's F, in which small differences of large sums are divided by. */
const WELCH_TOLERANCE = 1e-9;

/** What is rearranged, and what its statistic is compared with. */
export interface Arranged {
  /** observations × units. */
  readonly values: Float64Array;
  /** The group of each observation, as observed. */
  readonly groups: Int32Array;
  readonly counted: Pick<GroupMoments, "units" | "sizes">;
  /** "between" compares the squares between groups, "welch" Welch's F with the one observed. */
  readonly by: "between" | "welch";
  /** One a unit. */
  readonly statistic: Float64Array;
}

/** Counts, for every unit, the arrangements of the groups in which they differ as much as they do. */
export class ArrangedUnits {
  /** Arrangements that can be listed at once. */
  readonly mostListed: number;
  /** Parts that the units are compared in. */
  readonly strips: number;
  readonly #rows: number;
  /** Where each group stands among those that have observations; the largest last. */
  readonly #placeOf: Int32Array;
  readonly #sizes: Int32Array;
  /** Groups that are listed: all but the last, whose sum the others' tells, unless its squares are asked for. */
  readonly #listed: number;
  readonly #values: number;
  readonly #list: number;
  readonly #sizesAt: number;
  readonly #shares: number;
  readonly #bounds: number;
  readonly #counts: number;
  readonly #scratch: number;

  private constructor(
    private readonly memory: KernelMemory,
    private readonly arranged: Arranged,
  ) {
    const { units, sizes } = arranged.counted;
    const order = [...sizes.keys()]
      .filter((group) => (sizes[group] ?? 0) > 0)
      .sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0));
    this.#rows = arranged.groups.length;
    this.#placeOf = Int32Array.from(sizes, (_, group) => order.indexOf(group));
    this.#sizes = Int32Array.from(order, (group) => sizes[group] ?? 0);
    this.#listed = arranged.by === "welch" ? order.length : order.length - 1;
    this.strips = Math.ceil(units / STRIP);
    this.mostListed = Math.max(1, Math.floor(LIST_BYTES / 4 / this.#rows));
    this.#values = memory.allocate(this.strips * this.#rows * STRIP_BYTES);
    this.#list = memory.allocate(4 * this.mostListed * this.#rows);
    this.#sizesAt = memory.allocate(4 * order.length);
    this.#shares = memory.allocate(8 * order.length);
    this.#bounds = memory.allocate(this.strips * STRIP_BYTES);
    this.#counts = memory.allocate(this.strips * STRIP_BYTES);
    this.#scratch = memory.allocate(4 * 8 * order.length);
    memory.ints(this.#sizesAt, order.length).set(this.#sizes);
    memory.doubles(this.#shares, order.length).set(Float64Array.from(this.#sizes, (size) => 1 / size));
    for (let unit = 0; unit < units; unit++) this.#store(unit);
  }

  static async prepare(arranged: Arranged): Promise<ArrangedUnits> {
    return new ArrangedUnits(await KernelMemory.create(), arranged);
  }

  /** Write an arrangement down: a group for each observation, each group as often as observed. */
  list(groups: Int32Array, place: number): void {
    const next = new Int32Array(this.#sizes.length);
    for (let group = 1; group < next.length; group++)
      next[group] = (next[group - 1] ?? 0) + (this.#sizes[group - 1] ?? 0);
    const length = this.#lengthOfList();
    const list = this.memory.ints(this.#list + 4 * place * length, length);
    for (let row = 0; row < groups.length; row++) {
      const group = this.#placeOf[groups[row] ?? 0] ?? 0;
      if (group >= this.#listed) continue;
      const at = next[group] ?? 0;
      list[at] = row * STRIP_BYTES;
      next[group] = at + 1;
    }
  }

  /** Compare some units in the first `count` arrangements that were written down. */
  compare(strip: number, count: number): void {
    const { compareBetween, compareWelch } = this.memory.kernels;
    const values = this.#values + strip * this.#rows * STRIP_BYTES;
    const [bounds, counts] = [this.#bounds + strip * STRIP_BYTES, this.#counts + strip * STRIP_BYTES];
    if (this.arranged.by === "welch")
      compareWelch(values, this.#list, count, this.#sizesAt, this.#listed, bounds, counts, this.#scratch);
    else compareBetween(values, this.#list, count, this.#sizesAt, this.#listed, this.#shares, bounds, counts);
  }

  /** How many of the compared arrangements each unit reaches its own statistic in. */
  counts(): Float64Array<ArrayBuffer> {
    return this.memory.doubles(this.#counts, this.arranged.counted.units).slice();
  }

  #lengthOfList(): number {
    return this.#sizes.subarray(0, this.#listed).reduce((sum, size) => sum + size, 0);
  }

  /** A unit's values, their mean taken off, and the bound that is reached by an arrangement as good as the observed one. */
  #store(unit: number): void {
    const { values, groups, counted, by, statistic } = this.arranged;
    const { units, sizes } = counted;
    // Distances from the first value: their mean keeps the digits that an offset would cost.
    const first = values[unit] ?? 0;
    let shift = 0;
    for (let row = 0; row < this.#rows; row++) shift += ((values[row * units + unit] ?? 0) - first) / this.#rows;
    const start = this.#values + Math.floor(unit / STRIP) * this.#rows * STRIP_BYTES + (unit % STRIP) * 8;
    const stored = this.memory.doubles(start, (this.#rows - 1) * STRIP + 1);
    const sums = new Float64Array(sizes.length);
    let total = 0;
    for (let row = 0; row < this.#rows; row++) {
      const value = (values[row * units + unit] ?? 0) - first - shift;
      const group = groups[row] ?? 0;
      stored[row * STRIP] = value;
      sums[group] = (sums[group] ?? 0) + value;
      total += value * value;
    }
    const between = sums.reduce((all, sum, group) => all + (sum * sum) / Math.max(1, sizes[group] ?? 0), 0);
    const bound = by === "welch" ? (statistic[unit] ?? 0) * (1 - WELCH_TOLERANCE) : between - TOLERANCE * total;
    this.memory.doubles(this.#bounds + 8 * unit, 1)[0] = bound;
  }
}
