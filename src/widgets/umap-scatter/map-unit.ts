import { ComputeError } from "../../compute/errors.ts";
import type { LinkedUnit } from "../link/linked-unit.ts";
import type { Layout } from "../map/layout.ts";
import { Latest } from "../rows/latest.ts";
import { readHeight } from "./data/read-height.ts";
import type { ScatterSession } from "./session.ts";
import { axisNames, raiseMap, type SpaceMap } from "./space/space-map.ts";

/**
 * The unit that a map shows, by its colour and, in three dimensions, as its height: the one that linked widgets show, or
 * the one that the caller has asked for; of both the later.
 */
export class MapUnit {
  #own: LinkedUnit | null = null;
  #isOwnLatest = false;
  #isRaised = false;
  #space: { readonly of: readonly unknown[]; readonly map: SpaceMap } | null = null;
  readonly #reading = new Latest();

  /** @param changed Another unit is on show, or the same one in another way. */
  constructor(
    readonly session: ScatterSession,
    readonly changed: () => void,
  ) {
    const follow = (): void => {
      this.#isOwnLatest &&= session.rows.unit === null;
      this.#tell();
    };
    session.rows.listen("unit", follow, session.host.signal);
  }

  /** null: none. */
  get shown(): LinkedUnit | null {
    const { rows } = this.session;
    const units = this.#isOwnLatest ? [this.#own, rows.unit] : [rows.unit, this.#own];
    return units.find((unit) => unit?.values.length === rows.count) ?? null;
  }

  /** It is the height of a map that has two dimensions itself. */
  get isRaised(): boolean {
    return this.#isRaised && this.session.layout?.dims === 2 && this.shown !== null;
  }

  /** Show the map flat, or with the unit as its height. */
  raise(on: boolean): void {
    if (on === this.#isRaised) return;
    this.#isRaised = on;
    this.#tell();
  }

  /** The map in three dimensions, whichever way it has them; null: it is flat. */
  get space(): SpaceMap | null {
    const { layout, props } = this.session;
    const { shown } = this;
    if (!layout) return null;
    const isGiven = props.coords !== null;
    if (layout.dims === 3) return this.#once([layout, isGiven], () => spaceOf(layout, isGiven));
    if (!shown || !this.#isRaised) return null;
    const { name, values } = shown;
    return this.#once([layout, isGiven, name, values], () => raiseMap(layout, shown, axisNames(layout, isGiven)));
  }

  /** Read what the caller has asked for as height. A failure is told, never thrown: the map is drawn all the same. */
  async read({ isAsked }: { readonly isAsked: boolean }): Promise<void> {
    const { props, host, work } = this.session;
    const { height, points, saved } = props;
    if (isAsked) {
      this.#isOwnLatest = height !== null;
      this.#isRaised = height !== null;
    }
    try {
      await this.#reading.take(readHeight(height, points, { signal: host.signal }), (own) => {
        this.#own = own;
        work.succeeded("height");
        this.#tell();
      });
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      // Data that can't be had is no failure beside a saved picture: that was saved for this case.
      if (!host.signal.aborted && !(saved && error.kind !== "input")) work.failed("height", error);
    }
  }

  #once(of: readonly unknown[], make: () => SpaceMap): SpaceMap {
    const known = this.#space;
    if (known && known.of.length === of.length && of.every((part, at) => part === known.of[at])) return known.map;
    this.#space = { of, map: make() };
    return this.#space.map;
  }

  #tell(): void {
    // Nothing is left to raise: the next unit is one that colours the map.
    if (!this.shown && this.session.props.height === null) this.#isRaised = false;
    this.changed();
  }
}

function spaceOf(layout: Layout, isGiven: boolean): SpaceMap {
  return { positions: layout.positions, axes: axisNames(layout, isGiven), isRaised: false };
}
