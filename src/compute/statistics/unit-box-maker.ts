import { ComputeError } from "../errors.ts";
import type { Job } from "../job.ts";
import { checkChoice, checkNumber } from "../option-checks.ts";
import { Pace } from "../runtime/pace.ts";
import { hasRow, type RowMask } from "../selection/row-mask.ts";
import { drawGroup } from "./draw-group.ts";
import type { GroupedRows, Grouping } from "./grouped-rows.ts";
import { type ObservationRule, type Observations, observeValues } from "./observe-values.ts";
import { PickedValues } from "./picked-values.ts";
import { mostPoints, swarmScale } from "./point-swarm.ts";
import { type SortedColumn, sortColumn } from "./sorted-column.ts";
import { slideMethods } from "./statistics-options.ts";
import { type BoxShape, boxShapes, type UnitBoxes, type UnitGroup } from "./unit-boxes.ts";

/** What is drawn, and of which units. */
export interface BoxTask extends ObservationRule {
  readonly units: readonly number[];
  readonly shape: BoxShape;
}

const MOST_BYTES = 192 * 2 ** 20;
const LEAST_COLUMNS = 6;
const BYTES_A_ROW = 12;

/**
 * What is drawn of units of one data set. A unit's values are sorted when it is first asked for and stay so (the longest
 * unused ones go beyond 192 MB, but six stay); any selection of rows is then answered without sorting.
 * Values that are not finite are left out of all that is drawn.
 */
export class UnitBoxMaker {
  readonly #columns = new Map<number, SortedColumn>();
  readonly #members: readonly Int32Array[];
  /** Of units whose groups have been seen: a selection's points are laid as theirs are. */
  readonly #scales = new Map<string, number>();

  constructor(private readonly rows: GroupedRows) {
    this.#members = membersOf(rows.groups);
  }

  /** @throws {ComputeError} "input" on units or options that are none, "cancelled". */
  async unitBoxes(task: BoxTask, mask: RowMask | null, job: Job = {}): Promise<UnitBoxes[]> {
    this.#check(task);
    const selected = mask && this.#rowsIn(mask);
    const pace = new Pace(job.signal);
    const made: UnitBoxes[] = [];
    for (const unit of task.units) {
      await pace.check();
      const groups = this.#observeGroups(unit, task);
      const scale = this.#keepScale(unit, task, groups);
      made.push({
        unit,
        groups: groups.map((observations) => drawGroup(observations, task.shape, scale)),
        selection: selected && drawGroup(this.#observe(unit, selected, task), task.shape, scale),
        range: rangeOf(groups),
      });
    }
    return made;
  }

  /**
   * What another selection changes of that: the selected rows of each unit, null where none of them has a group.
   *
   * @throws {ComputeError} "input" on units or options that are none, "cancelled".
   */
  async selectionBoxes(task: BoxTask, mask: RowMask, job: Job = {}): Promise<(UnitGroup | null)[]> {
    this.#check(task);
    const selected = this.#rowsIn(mask);
    const pace = new Pace(job.signal);
    const made: (UnitGroup | null)[] = [];
    for (const unit of task.units) {
      await pace.check();
      made.push(selected && drawGroup(this.#observe(unit, selected, task), task.shape, this.#scaleOf(unit, task)));
    }
    return made;
  }

  #check({ units, boxesOf, shape, method, threshold }: BoxTask): void {
    const { columns } = this.rows.values;
    const wrong = units.find((unit) => !(Number.isInteger(unit) && unit >= 0 && unit < columns));
    if (wrong !== undefined)
      throw new ComputeError("input", `unknown unit: ${wrong}.`, `Units are 0 to ${columns - 1}.`);
    checkChoice("shape", shape, boxShapes);
    checkChoice("boxesOf", boxesOf, ["tiles", "slides"]);
    checkChoice("method", method, slideMethods);
    checkNumber("threshold", threshold, { least: Number.NEGATIVE_INFINITY });
    if (boxesOf === "slides" && !this.rows.slides)
      throw new ComputeError("input", 'boxesOf "slides" needs slides.', "Pass slides, one a row.");
  }

  #observeGroups(unit: number, rule: ObservationRule): Observations[] {
    return this.#members.map((members) => this.#observe(unit, members, rule));
  }

  #observe(unit: number, rows: Int32Array, rule: ObservationRule): Observations {
    return observeValues(new PickedValues(this.#columnOf(unit), rows), this.rows.slides, rule);
  }

  #columnOf(unit: number): SortedColumn {
    const column = this.#columns.get(unit) ?? sortColumn(this.rows, unit);
    this.#columns.delete(unit);
    this.#columns.set(unit, column);
    const most = Math.max(LEAST_COLUMNS, Math.floor(MOST_BYTES / (BYTES_A_ROW * this.rows.values.rows)));
    for (const oldest of [...this.#columns.keys()].slice(0, -most)) this.#columns.delete(oldest);
    return column;
  }

  #scaleOf(unit: number, task: BoxTask): number {
    if (task.shape !== "points") return Number.NaN;
    return this.#scales.get(scaleKey(unit, task)) ?? this.#keepScale(unit, task, this.#observeGroups(unit, task));
  }

  #keepScale(unit: number, task: BoxTask, groups: readonly Observations[]): number {
    const sizes = groups.map(({ values }) => values.length).filter((size) => size <= mostPoints);
    const scale = swarmScale(rangeOf(groups), sizes.length > 0 ? Math.max(...sizes) : mostPoints);
    this.#scales.set(scaleKey(unit, task), scale);
    return scale;
  }

  /** Those that have a group; null where none has. */
  #rowsIn(mask: RowMask): Int32Array | null {
    const { codes } = this.rows.groups;
    const rows = new Int32Array(codes.length);
    let count = 0;
    for (let row = 0; row < codes.length; row++) if ((codes[row] ?? -1) >= 0 && hasRow(mask, row)) rows[count++] = row;
    return count > 0 ? rows.subarray(0, count) : null;
  }
}

const scaleKey = (unit: number, { boxesOf, method, threshold }: ObservationRule) =>
  [unit, boxesOf, method, threshold].join(" ");

function membersOf({ codes, count }: Grouping): Int32Array[] {
  const sizes = new Int32Array(count);
  for (const code of codes) if (code >= 0) sizes[code] = (sizes[code] ?? 0) + 1;
  const members = Array.from(sizes, (size) => new Int32Array(size));
  const filled = new Int32Array(count);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? -1;
    const own = members[code];
    if (!own) continue;
    const place = filled[code] ?? 0;
    own[place] = row;
    filled[code] = place + 1;
  }
  return members;
}

function rangeOf(groups: readonly Observations[]): readonly [number, number] {
  const seen = groups.map(({ ascending }) => ascending).filter(({ length }) => length > 0);
  if (seen.length === 0) return [0, 0];
  return [
    Math.min(...seen.map((values) => values.valueAt(0))),
    Math.max(...seen.map((values) => values.valueAt(values.length - 1))),
  ];
}
