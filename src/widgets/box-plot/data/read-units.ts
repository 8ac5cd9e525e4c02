import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { GroupedRows } from "../../../compute/statistics/grouped-rows.ts";
import { readMatrix } from "../../map/compute-map.ts";
import { type Categories, type ColorInput, categoriesOf, readColoring } from "../../rows/coloring.ts";
import { type BoxPlotProps, rowsIn } from "../props.ts";

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
  const { signal } = job;
  const [classes, patients, rowNames, columnNames] = await Promise.all([
    readClasses(labels, "labels", count, { signal }),
    slides ? readClasses(slides, "slides", count, { signal }) : null,
    names ? names.read({ signal }) : null,
    unitNames ? unitNames.read({ signal }) : null,
  ]);
  checkLength(rowNames, count, "names", "rows");
  checkLength(columnNames, matrix.columns, "unitNames", "units");
  const grouping = ({ codes, names: { length } }: Categories) => ({ codes, count: length });
  return {
    rows: { values: matrix, groups: grouping(classes), slides: patients && grouping(patients) },
    classes,
    slides: patients,
    names: rowNames,
    unitNames: columnNames,
  };
}

async function readClasses(input: ColorInput, what: "labels" | "slides", rows: number, job: Job): Promise<Categories> {
  const read = await readColoring(input, what, rows, job);
  if (read.kind === "categories") return read;
  // Slides are often numbered, and there may be many; a class of many whole numbers is more likely a measure.
  const isNumbered = read.values.every((value) => Number.isNaN(value) || Number.isInteger(value));
  if (what === "slides" && isNumbered) return numberedSlides(read.values);
  const remedy =
    what === "slides" ? "Pass strings or whole numbers." : "Pass strings, or whole numbers of at most 50 kinds.";
  const expected = what === "slides" ? "slides" : "classes";
  throw new ComputeError("input", `${what} are numbers, not ${expected}.`, remedy);
}

function numberedSlides(values: Float32Array): Categories {
  const numbers = [...new Set(values)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const place = new Map(numbers.map((number, code) => [number, code]));
  return categoriesOf(
    Int32Array.from(values, (value) => place.get(value) ?? -1),
    numbers.map(String),
  );
}

function checkLength(list: readonly string[] | null, expected: number, what: string, of: string): void {
  if (list === null || list.length === expected) return;
  const [given, wanted] = [list.length, expected].map((count) => count.toLocaleString("en-US"));
  throw new ComputeError(
    "input",
    `${given} ${what} for ${wanted} ${of}.`,
    `Pass one for each of the ${of} in ${what}.`,
  );
}
