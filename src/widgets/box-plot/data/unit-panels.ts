import { countRows, type RowMask } from "../../../compute/selection/row-mask.ts";
import type { BoxShape, UnitBoxes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { SlideMethod } from "../../../compute/statistics/statistics-options.ts";
import type { UnitWorker } from "./unit-worker.ts";

/** How boxes are drawn up. */
export interface BoxRules {
  readonly boxesOf: "tiles" | "slides";
  readonly shape: BoxShape;
  readonly method: SlideMethod;
  readonly threshold: number;
}

/** What is to be on show. */
interface Wanted {
  readonly worker: UnitWorker;
  readonly units: readonly number[];
  readonly rules: BoxRules;
  /** null: nothing is selected, or nothing is left of it. */
  readonly mask: RowMask | null;
}

/** The boxes of the units on show: those before stay until all that are asked for have come. */
export class UnitPanels {
  /** In the order in which they were asked for. */
  boxes: readonly UnitBoxes[] = [];
  /** By which rules these were drawn up; null: there are none. */
  rules: BoxRules | null = null;
  /** What they are. */
  #shown: Wanted | null = null;
  #asking = new AbortController();
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly onBoxes: () => void,
    private readonly lifetime: AbortSignal,
  ) {}

  /**
   * Have the boxes of some units; what was asked for before is no longer wanted. Only what is not on show is asked of the
   * worker: of another selection, its own boxes alone.
   *
   * @throws {ComputeError} where they can't be had; never for an answer that is no longer wanted.
   */
  ask(worker: UnitWorker, units: readonly number[], rules: BoxRules, selected: RowMask | null): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const mask = selected && countRows(selected) > 0 ? selected : null;
    const taking = this.#take({ worker, units, rules, mask }, asking.signal);
    this.#pending = taking.catch(() => undefined);
    return taking;
  }

  /** Show boxes that come from elsewhere than a worker. */
  put(boxes: readonly UnitBoxes[], rules: BoxRules): void {
    this.clear();
    this.boxes = boxes;
    this.rules = rules;
  }

  /** Nothing is on show any more. */
  clear(): void {
    this.#asking.abort();
    this.boxes = [];
    this.rules = null;
    this.#shown = null;
  }

  whenAtRest(): Promise<void> {
    return this.#pending;
  }

  async #take(wanted: Wanted, asking: AbortSignal): Promise<void> {
    const { worker, units, rules, mask } = wanted;
    const signal = AbortSignal.any([asking, this.lifetime]);
    const shown = isSameDrawing(this.#shown, wanted) ? this.#shown : null;
    const known = new Map(shown ? this.boxes.map((panel) => [panel.unit, panel]) : []);
    const missing = units.filter((unit) => !known.has(unit));
    const kept = units.flatMap((unit) => known.get(unit) ?? []);
    const task = (asked: readonly number[]) => ({ ...rules, units: asked });
    const isOther = mask !== null && mask !== shown?.mask && kept.length > 0;
    try {
      const [fresh, selections] = await Promise.all([
        missing.length > 0 ? worker.ask("unitBoxes", { ...task(missing), mask }, { signal }) : [],
        isOther ? worker.ask("selectionBoxes", { ...task(kept.map(({ unit }) => unit)), mask }, { signal }) : null,
      ]);
      if (signal.aborted) return;
      for (const [place, panel] of kept.entries()) {
        const selection = mask === null ? null : selections ? (selections[place] ?? null) : panel.selection;
        if (selection !== panel.selection) known.set(panel.unit, { ...panel, selection });
      }
      for (const panel of fresh) known.set(panel.unit, panel);
      this.boxes = units.flatMap((unit) => known.get(unit) ?? []);
      this.rules = rules;
      this.#shown = wanted;
      this.onBoxes();
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }
}

/** Boxes of the same rows by the same rules, whatever is selected. */
function isSameDrawing(shown: Wanted | null, { worker, rules }: Wanted): boolean {
  const names = ["boxesOf", "shape", "method", "threshold"] as const;
  return shown?.worker === worker && names.every((name) => shown.rules[name] === rules[name]);
}
