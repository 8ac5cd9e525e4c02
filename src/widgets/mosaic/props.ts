import { ComputeError } from "../../compute/errors.ts";
import { umapDefaults } from "../../compute/umap/options.ts";
import { validateUmapOptions } from "../../compute/umap/validate-options.ts";
import { type ImageSource, isImageSource, isNumericSource, type NumericSource } from "../host/sources.ts";
import { type MapInput, optionsOf } from "../map/map-input.ts";
import type { RowInputs } from "../rows/row-inputs.ts";

export const tileSelects = ["first", "nearest", "centroid", "random"] as const;
export const normalizers = ["reinhard", "macenko"] as const;
/** Slideflow's own colour behind the tiles; `background` takes its name too. */
export const SLIDEFLOW_GREY = "#dfdfdf";
export const classMarks = ["auto", "frame", "tint", "none"] as const;

/** Everything that a caller may give. Where rows lie comes from `coords`, from `follows`, or from a map of `points`. */
export interface MosaicProps extends MapInput, RowInputs {
  /** A picture for every row, fetched only when it is seen. */
  readonly images: ImageSource | null;
  /** n × 2 coordinates. */
  readonly coords: NumericSource | null;
  /** What the axes of `coords` are called, where these are those of a map; null: "x" and "y". */
  readonly axes: readonly [string, string] | null;
  /** Name of a layout on this page (`sharedLayout`) that is followed while it settles. */
  readonly follows: string | null;
  /** Cells across; so many up as the map is high, for cells are square. */
  readonly numTilesX: number;
  /** Which of a cell's tiles stands for it. */
  readonly tileSelect: (typeof tileSelects)[number];
  /** Tiles so many cells from a cell's centre, or further, don't stand for it, whatever the rule; null: all may. */
  readonly maxDist: number | null;
  /** n × d numbers; with "centroid" the tile nearest to its cell's mean of them stands for it. */
  readonly tileMeta: NumericSource | null;
  /** Empty cells take tiles from their neighbours: each cell shows the nearest tile that no nearer one has taken. */
  readonly expanded: boolean;
  /** Rows that are in focus, a bit each (`RowMask`); the others fade by their share in the cell. */
  readonly focus: NumericSource | null;
  /** How tiles show the commonest class of their cell: "auto" frames those with room for it and tints the smaller. */
  readonly classMarks: (typeof classMarks)[number];
  /** The names of up to twelve classes are written on the map, each where most of its tiles lie. */
  readonly classNames: boolean;
  /** A CSS colour behind the tiles, or "slideflow"; null: the page's. */
  readonly background: string | null;
  /** Stain normalisation for display. */
  readonly normalizer: (typeof normalizers)[number] | null;
  /** One picture whose stain the others take on; null: a published target. */
  readonly normalizerSource: ImageSource | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
}

export const mosaicDefaults: MosaicProps = {
  ...umapDefaults,
  points: null,
  precomputedKNN: null,
  placed: null,
  images: null,
  coords: null,
  axes: null,
  follows: null,
  numTilesX: 50,
  tileSelect: "first",
  maxDist: null,
  tileMeta: null,
  expanded: false,
  focus: null,
  classMarks: "auto",
  classNames: true,
  background: null,
  normalizer: null,
  normalizerSource: null,
  labels: null,
  color: null,
  names: null,
  values: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(mosaicDefaults));
const MOST_COLUMNS = 1000;

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on no pictures, on none or several of `coords`, `follows` and `points`
 * (`follows` may stand beside `points`, which are mapped where nothing is followed), on wrong shapes and values.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): MosaicProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const named = given.background === "slideflow" ? { background: SLIDEFLOW_GREY } : {};
  const props = { ...mosaicDefaults, ...given, ...named } as MosaicProps;
  const { images, coords, points, follows, saved, numTilesX, maxDist, tileMeta } = props;
  if (!saved && !isImageSource(images))
    throw new ComputeError("input", "There are no pictures.", "Pass images, one a row.");
  if (coords && (points || follows))
    throw new ComputeError("input", "Both coords and another map are given.", "Pass one of them.");
  if (!coords && !points && !follows && !saved)
    throw new ComputeError(
      "input",
      "There is no map to lay the tiles on.",
      "Pass coords (n × 2, or a UmapScatter) or points (n × d).",
    );
  checkShape(coords, "coords", 2, images?.length);
  checkShape(points, "points", null, images?.length);
  checkShape(tileMeta, "tileMeta", null, images?.length);
  checkNumber(numTilesX, "numTilesX", `a whole number from 1 to ${MOST_COLUMNS}`, isColumns);
  if (maxDist !== null) checkNumber(maxDist, "maxDist", "a number above 0", (value) => value > 0);
  checkChoice(props.tileSelect, "tileSelect", tileSelects);
  checkChoice(props.classMarks, "classMarks", classMarks);
  checkBackground(props.background);
  if (props.normalizer !== null) checkChoice(props.normalizer, "normalizer", normalizers);
  if (props.tileSelect === "centroid" && !tileMeta && !saved)
    throw new ComputeError("input", 'tileSelect "centroid" needs tileMeta.', "Pass tileMeta (n × d numbers).");
  validateUmapOptions(optionsOf(props));
  return props;
}

/** Outside a page nothing is drawn, and nobody knows the names of CSS. */
function checkBackground(background: unknown): void {
  if (background === null || !globalThis.CSS?.supports) return;
  if (typeof background === "string" && CSS.supports("color", background)) return;
  throw new ComputeError(
    "input",
    `background is ${JSON.stringify(background)}, which is no colour.`,
    'Write "#dfdfdf", "black" or "slideflow".',
  );
}

const isColumns = (value: number) => Number.isInteger(value) && value >= 1 && value <= MOST_COLUMNS;

function checkNumber(value: unknown, name: string, expected: string, isRight: (value: number) => boolean): void {
  if (typeof value !== "number" || !isRight(value))
    throw new ComputeError("input", `${name} is ${String(value)}.`, `Use ${expected}.`);
}

function checkChoice(value: string, name: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new ComputeError("input", `unknown ${name}: "${value}".`, `Use ${choices.join(", ")}.`);
}

function checkShape(
  source: NumericSource | null,
  name: string,
  columns: number | null,
  rows: number | undefined,
): void {
  if (!source) return;
  if (!isNumericSource(source) || source.shape.length !== 2)
    throw new ComputeError("input", `${name} is not a table of numbers.`, "Pass rows × columns of numbers.");
  if (columns !== null && source.shape[1] !== columns)
    throw new ComputeError("input", `${name} has ${source.shape[1]} columns.`, `Pass n × ${columns} numbers.`);
  if (rows !== undefined && source.shape[0] !== rows) {
    const count = (value: number | undefined) => (value ?? 0).toLocaleString("en-US");
    throw new ComputeError(
      "input",
      `${count(source.shape[0])} rows of ${name} for ${count(rows)} images.`,
      "Pass one a picture.",
    );
  }
}

/** Tiles, whichever way they are counted; 0 where only a saved picture is there. */
export function rowsIn({ images, coords, points }: Pick<MosaicProps, "images" | "coords" | "points">): number {
  return images?.length ?? (coords ?? points)?.shape[0] ?? 0;
}
