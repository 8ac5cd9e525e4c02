import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { checkChoice, checkNumber } from "../../option-checks.ts";
import { Pace } from "../../runtime/pace.ts";
import type { RowMask } from "../../selection/row-mask.ts";
import { checkMask } from "../check-grouped-rows.ts";
import type { GroupedRows } from "../grouped-rows.ts";
import { slideMethods } from "../statistics-options.ts";
import { drawGroup } from "./draw-group.ts";
import { type ObservationRule, type Observations, observeSlides, observeTiles } from "./observe-values.ts";
import { mostPoints, swarmScale } from "./point-swarm.ts";
import { type RowList, RowPicker } from "./row-picker.ts";
import { type BoxShape, boxShapes, type UnitBoxes, type UnitGroup } from "./unit-boxes.ts";

/** What is drawn, and of which units. */
export interface BoxTask extends ObservationRule {
  readonly units: readonly number[];
  readonly shape: BoxShape;
}

/** How a panel's values lie. */
interface PanelScale {
  readonly range: readonly [number, number];
  /** For points: diameters that a difference of 1 in value is high. */
  readonly perValue: number;
}

/**
 * What is drawn of units of one data set. A unit's values are sorted when it is first asked for; any selection of rows is
 * then answered by one look at each of them. Values that are not finite are left out of all that is drawn.
 */
export class UnitBoxMaker {
  #picker: Promise<RowPicker> | null = null;
  /** Of slides' numbers, which take a look at every row: a selection's points are laid as its panel's are. */
  readonly #slideScales = new Map<string, PanelScale>();

  constructor(private readonly rows: GroupedRows) {}

  /** @throws {ComputeError} "input" on units or options that are none and on a mask of other rows, "memory", "cancelled". */
  async unitBoxes(task: BoxTask, mask: RowMask | null, job: Job = {}): Promise<UnitBoxes[]> {
    this.#check(task, mask);
    const picker = await this.#open();
    const pace = new Pace(job.signal);
    const made: UnitBoxes[] = [];
    for (const unit of task.units) {
      job.onProgress?.({ stage: "Drawing boxes", done: made.length, total: task.units.length, unit: "units" });
      await pace.check();
      // Another call may have made a list of its own meanwhile.
      const selected = mask && picker.listRows(mask);
      const { range, perValue } = this.#scaleOf(picker, unit, task);
      const draw = (rows: RowList) => drawGroup(this.#observe(picker, unit, rows, task), task.shape, perValue);
      const groups = picker.groups.map(draw);
      made.push({ unit, groups, selection: selected && selected.count > 0 ? draw(selected) : null, range });
    }
    return made;
  }

  /**
   * What another selection changes of that: the selected rows of each unit, null where none of them has a group.
   *
   * @throws {ComputeError} "input" on units or options that are none and on a mask of other rows, "memory", "cancelled".
   */
  async selectionBoxes(task: BoxTask, mask: RowMask, job: Job = {}): Promise<(UnitGroup | null)[]> {
    this.#check(task, mask);
    const picker = await this.#open();
    const pace = new Pace(job.signal);
    const made: (UnitGroup | null)[] = [];
    for (const unit of task.units) {
      await pace.check();
      const selected = picker.listRows(mask);
      const perValue = task.shape === "points" ? this.#scaleOf(picker, unit, task).perValue : Number.NaN;
      made.push(
        selected.count > 0 ? drawGroup(this.#observe(picker, unit, selected, task), task.shape, perValue) : null,
      );
    }
    return made;
  }

  #check({ units, boxesOf, shape, method, threshold }: BoxTask, mask: RowMask | null): void {
    if (mask) checkMask(mask, this.rows);
    const { columns } = this.rows.values;
    const wrong = units.find((unit) => !(Number.isInteger(unit) && unit >= 0 && unit < columns));
    if (wrong !== undefined)
      throw new ComputeError("input", `Unknown unit: ${wrong}.`, `Units are 0 to ${columns - 1}.`);
    checkChoice("shape", shape, boxShapes);
    checkChoice("boxesOf", boxesOf, ["tiles", "slides"]);
    checkChoice("method", method, slideMethods);
    checkNumber("threshold", threshold, { least: Number.NEGATIVE_INFINITY });
    if (boxesOf === "slides" && !this.rows.slides)
      throw new ComputeError("input", 'boxesOf "slides" needs slides.', "Pass slides, one a row.");
  }

  #open(): Promise<RowPicker> {
    this.#picker ??= RowPicker.create(this.rows).catch((thrown) => {
      // There may be memory for it another time.
      this.#picker = null;
      throw thrown;
    });
    return this.#picker;
  }

  #observe(picker: RowPicker, unit: number, rows: RowList, rule: ObservationRule): Observations {
    const { slides } = this.rows;
    return rule.boxesOf === "slides" && slides
      ? observeSlides(picker, unit, rows, rule, slides.codes)
      : observeTiles(picker, unit, rows);
  }

  #scaleOf(picker: RowPicker, unit: number, rule: ObservationRule): PanelScale {
    if (rule.boxesOf === "tiles")
      return scaleOf(
        picker.rangeOf(unit),
        picker.groups.map(({ count }) => count),
      );
    const key = [unit, rule.method, rule.threshold].join(" ");
    const known = this.#slideScales.get(key) ?? this.#measureSlides(picker, unit, rule);
    this.#slideScales.set(key, known);
    return known;
  }

  #measureSlides(picker: RowPicker, unit: number, rule: ObservationRule): PanelScale {
    const groups = picker.groups.map((rows) => this.#observe(picker, unit, rows, rule).ascending);
    const seen = groups.filter(({ length }) => length > 0);
    const least = Math.min(...seen.map((values) => values.valueAt(0)));
    const greatest = Math.max(...seen.map((values) => values.valueAt(values.length - 1)));
    return scaleOf(
      seen.length > 0 ? [least, greatest] : null,
      groups.map(({ length }) => length),
    );
  }
}

function scaleOf(range: readonly [number, number] | null, sizes: readonly number[]): PanelScale {
  const swarms = sizes.filter((size) => size <= mostPoints);
  const known = range ?? [0, 0];
  return { range: known, perValue: swarmScale(known, swarms.length > 0 ? Math.max(...swarms) : mostPoints) };
}
