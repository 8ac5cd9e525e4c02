import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { inlineProps } from "./inline-props.ts";
import { type NumberTable, sourceOf, textListSource } from "./inline-sources.ts";
import { joinPictures, joinTables } from "./join-rows.ts";
import { type ImageSource, isNumericSource, isTextSource, type NumericSource, type TextSource } from "./sources.ts";

/** What may be told of rows that are added: one a row each, as for the rows that are there. */
export interface AddedFacts {
  readonly labels?: unknown;
  readonly names?: unknown;
  readonly images?: unknown;
}

/** Where the rows lie to which others are added. */
export interface PlacedRows {
  /** `rows * dims` numbers, row-major. */
  readonly positions: Float32Array<ArrayBuffer>;
  readonly dims: number;
}

type Props = Readonly<Record<string, unknown>>;

/**
 * The properties that change when rows are added: those of the rows that are there, then those of the new ones. A
 * row that nothing is told of has no label and picture, an empty name and no number in `values`.
 *
 * @throws {ComputeError} "input" for another number of columns and where there is not one label, name or picture a row.
 */
export async function propsWithRows(
  current: Props,
  { positions, dims }: PlacedRows,
  rows: NumberTable,
  facts: AddedFacts,
  job: Job,
): Promise<Props> {
  const first = positions.length / dims;
  const { points } = current;
  const added = inlineProps({ points: rows }).points as NumericSource;
  if (!isNumericSource(points))
    throw new ComputeError("input", "There are no points here to add rows to.", "Pass points.");
  // How wide activations are is known once they are read.
  if (added.shape[1] === 0) await added.read(job);
  const [count = 0, columns = 0] = added.shape;
  const expected = points.shape[1] ?? 0;
  if (columns !== expected)
    throw new ComputeError(
      "input",
      `rows: expected ${expected} columns as in the map, got ${columns}.`,
      "Pass rows like those of the map.",
    );
  const told = inlineProps({ names: facts.names, images: facts.images, labels: facts.labels });
  const names = isTextSource(told.names) ? await told.names.read(job) : null;
  const pictures = (told.images ?? null) as ImageSource | null;
  const labels = told.labels === null || told.labels === undefined ? null : listOf(told.labels);
  for (const [what, given] of Object.entries({ labels, names, images: pictures }))
    if (given && given.length !== count) throw unequal(given.length, what, count);

  const placed = sourceOf(positions.slice(), [first, dims]);
  const joined: Record<string, unknown> = { points: joinTables([points, added]), placed };
  if (current.labels || labels) joined.labels = joinLists(current.labels, first, labels, count);
  if (current.color) joined.color = joinLists(current.color, first, null, count);
  if (current.names || names) {
    const before = current.names ? await (current.names as TextSource).read(job) : blanks(first, "");
    joined.names = textListSource([...before, ...(names ?? blanks(count, ""))]);
  }
  const images = joinPictures([(current.images ?? null) as ImageSource | null, first], [pictures, count]);
  if (images) joined.images = images;
  // Heights that were given are of the rows before, and of them alone.
  if (isNumericSource(current.height)) joined.height = null;
  if (current.values)
    joined.values = { columns: (current.values as Columns).columns.map((column) => widen(column, count)) };
  return joined;
}

interface Columns {
  readonly columns: readonly { readonly name: string; readonly values: NumericSource }[];
}

function widen({ name, values }: Columns["columns"][number], count: number): Columns["columns"][number] {
  return { name, values: joinTables([values, sourceOf(new Float32Array(count).fill(Number.NaN), [count])]) };
}

function joinLists(before: unknown, first: number, after: unknown, count: number): unknown[] {
  return [...(before ? listOf(before) : blanks(first, null)), ...(after ? listOf(after) : blanks(count, null))];
}

function listOf(values: unknown): readonly unknown[] {
  if (Array.isArray(values) || ArrayBuffer.isView(values)) return Array.from(values as ArrayLike<unknown>);
  throw new ComputeError("input", "These labels can't be continued.", "Pass labels and color as arrays to add rows.");
}

function blanks<Blank>(count: number, blank: Blank): Blank[] {
  return new Array<Blank>(count).fill(blank);
}

function unequal(length: number, what: string, rows: number): ComputeError {
  const count = (value: number) => value.toLocaleString("en-US");
  return new ComputeError("input", `${count(length)} ${what} for ${count(rows)} rows.`, `Pass one a row in ${what}.`);
}
