import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { GroupedRows } from "../../../compute/statistics/grouped-rows.ts";
import { isNumericSource } from "../../host/sources.ts";
import { readMatrix } from "../../map/compute-map.ts";
import { type Categories, type ColorInput, categoriesOf, readColoring } from "../../rows/coloring.ts";
import { type BoxPlotProps, rowsIn } from "../props.ts";
import { type LeastOf, leastValues } from "./least-values.ts";
import { acceptUnit, acceptUnits } from "./unit-numbers.ts";

/** What the units' values and their rows are, read. */
export interface ReadUnits {
  readonly rows: GroupedRows;
  readonly classes: Categories;
  /** null: unknown. */
  readonly slides: Categories | null;
  /** One a row; null where rows have none. */
  readonly names: readonly string[] | null;
  /** One a unit; null where they are called by their numbers. */
  readonly unitNames: readonly string[] | null;
  readonly leastOf: LeastOf;
}

/**
 * Read the values, and to which class and slide each row belongs.
 *
 * @throws {ComputeError} "input" where there is not one a row (or unit), or where a measure is given for classes.
 */
export async function readUnits(props: BoxPlotProps, job: Job): Promise<ReadUnits | null> {
  const { values, labels, slides, names, unitNames } = props;
  if (!values || !labels) return null;
  const count = rowsIn(props);
  const matrix = await readMatrix(values, job);
  // How many units activations have is known now.
  acceptUnits(props.units, matrix.columns);
  if (props.unit !== null) acceptUnit(props.unit, matrix.columns);
  const { signal } = job;
  const [classes, patients, rowNames, columnNames] = await Promise.all([
    readClasses(labels, count, { signal }),
    slides ? readSlides(slides, count, { signal }) : null,
    names ? names.read({ signal }) : null,
    unitNames ? unitNames.read({ signal }) : null,
  ]);
  checkLength(rowNames, count, "names", "rows");
  checkLength(columnNames, matrix.columns, "unitNames", "units");
  const grouping = ({ codes, names: { length } }: Categories) => ({ codes, count: length });
  const rows = { values: matrix, groups: grouping(classes), slides: patients && grouping(patients) };
  const leastOf = leastValues(rows);
  return { rows, classes, slides: patients, names: rowNames, unitNames: columnNames, leastOf };
}

async function readClasses(labels: ColorInput, rows: number, job: Job): Promise<Categories> {
  const read = await readColoring(labels, "labels", rows, job);
  if (read.kind === "categories") return read;
  throw new ComputeError(
    "input",
    "labels are numbers, not classes.",
    "Pass strings, or whole numbers of at most 50 kinds.",
  );
}

/** Slides are often numbered, there may be many, and their numbers are long: in single precision some would be one. */
async function readSlides(slides: ColorInput, rows: number, job: Job): Promise<Categories> {
  if ("kind" in slides && slides.kind === "categories") return readClasses(slides, rows, job);
  const source = "kind" in slides ? slides.values : slides;
  const list = isNumericSource(source) ? await source.read(job) : source;
  checkLength(list, rows, "slides", "rows");
  const ids = Array.from(list as ArrayLike<unknown>, (id) => (id === null || Number.isNaN(id) ? undefined : id));
  const present = ids.filter((id) => id !== undefined);
  if (present.length === 0)
    throw new ComputeError("input", "slides are all missing.", "Leave slides out where they are unknown.");
  const numbers = present.filter((id) => typeof id === "number");
  if (numbers.some((id) => !Number.isInteger(id)))
    throw new ComputeError("input", "slides are numbers, not slides.", "Pass strings or whole numbers.");
  const isNumbered = numbers.length === present.length;
  const names = isNumbered
    ? [...new Set(numbers)].sort((a, b) => a - b).map(String)
    : [...new Set(present.map(String))].sort();
  const place = new Map(names.map((name, code) => [name, code]));
  return categoriesOf(
    Int32Array.from(ids, (id) => (id === undefined ? -1 : (place.get(String(id)) ?? -1))),
    names,
  );
}

function checkLength(list: ArrayLike<unknown> | null, expected: number, what: string, of: string): void {
  if (list === null || list.length === expected) return;
  const [given, wanted] = [list.length, expected].map((count) => count.toLocaleString("en-US"));
  throw new ComputeError(
    "input",
    `${given} ${what} for ${wanted} ${of}.`,
    `Pass one for each of the ${of} in ${what}.`,
  );
}
