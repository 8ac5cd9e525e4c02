import { ComputeError } from "../compute/errors.ts";
import { maskOf } from "../compute/selection/row-mask.ts";
import { bytesOf } from "../widgets/host/bytes-of.ts";
import { download } from "../widgets/host/download.ts";
import { eraseProps } from "../widgets/host/erase-props.ts";
import { sourceOf } from "../widgets/host/inline-sources.ts";
import { newId } from "../widgets/host/new-id.ts";
import {
  askElement,
  link,
  type ObservableOptions,
  observable,
  type WidgetElement,
} from "../widgets/host/observable.ts";
import { mosaicSpec } from "../widgets/mosaic/spec.ts";
import type { FocusRows, GridInput, MosaicInput } from "./mosaic-input.ts";
import type { RowLabels } from "./umap-scatter-input.ts";

/** Members of a map's element that a mosaic has no use for. */
type MapMembers = "addRows" | "pause" | "step" | "resume" | "transform" | "quality";

/** A mosaic as an element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface MosaicElement extends Omit<WidgetElement, MapMembers | "focus"> {
  /** All tiles of the cell in that column and line, counted from the lower left corner; none where there is no such cell. */
  pointsAtGridIndex(x: number, y: number): Promise<Int32Array<ArrayBuffer>>;
  /** The tiles on show, cell after cell from the lowest line. */
  selectedPoints(): Promise<Int32Array<ArrayBuffer>>;
  /** Lay the tiles in other cells: so many across, or by other rules. Settles when they are on show. */
  generateGrid(rules: number | GridInput): Promise<void>;
  /** Fade all but these tiles, by their share in the cell; null: none fades. Without rows it takes the keyboard focus. */
  focus(rows?: FocusRows | null | FocusOptions): void;
  /** Save the tiles on show as CSV (cell, row, name): it is downloaded, and given back. */
  saveReport(): Promise<Blob>;
}

/** Serve a mosaic as an element. */
export function makeMosaic(input: MosaicInput, options: ObservableOptions): MosaicElement {
  const element = observable(eraseProps(mosaicSpec), withFollowed(mosaicProps(input)), options);
  return withMembers(element, input);
}

/** What a mosaic's input becomes where its rows lie on another element's map: the name of that map. */
function withFollowed(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { coords, ...rest } = input;
  return coords instanceof HTMLElement
    ? { ...rest, coords: null, follows: sharedName(coords as WidgetElement) }
    : input;
}

const names = new WeakMap<WidgetElement, string>();

/** The name under which a map tells where its rows lie; it begins to with the first mosaic that follows. */
function sharedName(map: WidgetElement): string {
  const known = names.get(map);
  if (known !== undefined) return known;
  const name = newId();
  map.update({ shares: name });
  names.set(map, name);
  return name;
}

/** Properties as a widget takes them, with the rows in focus as a mask. */
function mosaicProps({ focus, ...rest }: MosaicInput): Record<string, unknown> {
  return focus === undefined ? rest : { ...rest, focus: focusSource(focus, rest.images.length, rest.labels) };
}

/** What may change, as a widget takes it: where tiles lie is told in one way, which takes the place of the one before. */
function changedProps(
  { focus, ...rest }: Partial<MosaicInput>,
  count: number,
  labels: RowLabels | undefined,
): Readonly<Record<string, unknown>> {
  const places =
    rest.coords === undefined && rest.points === undefined ? {} : { coords: null, follows: null, points: null };
  const given = withFollowed({ ...places, ...rest });
  const rows = rest.images?.length ?? count;
  return focus === undefined ? given : { ...given, focus: focusSource(focus, rows, rest.labels ?? labels) };
}

function focusSource(focus: FocusRows | null, count: number, labels: RowLabels | undefined) {
  if (focus === null) return null;
  const rows = [...(typeof focus === "string" ? [focus] : focus)];
  const classes = new Set(rows.filter((row) => typeof row === "string"));
  const numbers = rows.filter((row) => typeof row === "number");
  const wrong = numbers.find((row) => !(Number.isInteger(row) && row >= 0 && row < count));
  if (wrong !== undefined) {
    const [all, last] = [count, count - 1].map((number) => number.toLocaleString("en-US"));
    throw new ComputeError("input", `There is no row ${wrong} in ${all} rows.`, `Rows are 0 to ${last}.`);
  }
  if (classes.size > 0) {
    const known = Array.from((labels ?? []) as ArrayLike<unknown>, String);
    const unknown = [...classes].find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw new ComputeError("input", `No tile has the label "${unknown}".`, "Pass a class of labels, or row numbers.");
    for (const [row, name] of known.entries()) if (classes.has(name)) numbers.push(row);
  }
  const mask = maskOf(numbers, count);
  return sourceOf(mask, [mask.length]);
}

/** Give a widget's element what a mosaic's has. */
function withMembers(element: WidgetElement, input: MosaicInput): MosaicElement {
  linkWith(element, input.coords);
  const readGrid = async () => {
    const { header, bytes } = await askElement(element, "grid");
    const numbers = new Int32Array(bytes.buffer);
    const points = Number(header.points);
    return {
      columns: Number(header.columns),
      rows: Number(header.rows),
      cellOf: numbers.subarray(0, points),
      shown: numbers.subarray(points),
    };
  };
  const takeKeyboard = element.focus.bind(element);
  const update = element.update.bind(element);
  let { labels } = input;
  const members = {
    update(changed: Partial<MosaicInput>) {
      update(changedProps(changed, element.rowCount, labels));
      if (changed.labels !== undefined) labels = changed.labels;
      linkWith(element, changed.coords);
    },
    async pointsAtGridIndex(x: number, y: number) {
      const { columns, rows, cellOf } = await readGrid();
      if (!(x >= 0 && x < columns && y >= 0 && y < rows)) return new Int32Array();
      return Int32Array.from(cellOf.keys()).filter((row) => cellOf[row] === y * columns + x);
    },
    selectedPoints: async () => (await readGrid()).shown.filter((row) => row >= 0),
    async generateGrid(rules: number | GridInput) {
      element.update(typeof rules === "number" ? { numTilesX: rules } : { ...rules });
      await readGrid();
    },
    focus(rows?: FocusRows | null | FocusOptions) {
      if (rows === undefined || isFocusOptions(rows)) takeKeyboard(rows);
      else element.update({ focus: rows });
    },
    async saveReport() {
      const { header, bytes } = await askElement(element, "report");
      const file = new Blob([bytesOf(bytes)], { type: String(header.type) });
      download(String(header.name), file);
      return file;
    },
  };
  const properties = Object.entries(members).map(([name, value]) => [name, { value }] as const);
  return Object.defineProperties(element, Object.fromEntries(properties)) as unknown as MosaicElement;
}

/** Where rows differ in number the mosaic says so in its place. */
function linkWith(element: WidgetElement, coords: MosaicInput["coords"]): void {
  if (!(coords instanceof HTMLElement)) return;
  const followed = coords as WidgetElement;
  if (followed.rowCount === element.rowCount) link(followed, element);
}

function isFocusOptions(value: FocusRows | null | FocusOptions): value is FocusOptions {
  return typeof value === "object" && value !== null && !(Symbol.iterator in value);
}
