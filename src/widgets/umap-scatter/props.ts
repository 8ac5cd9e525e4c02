import { ComputeError } from "../../compute/errors.ts";
import { umapDefaults } from "../../compute/umap/options.ts";
import { validateUmapOptions } from "../../compute/umap/validate-options.ts";
import { type ImageSource, isNumericSource, type NumericSource } from "../host/sources.ts";
import { type MapInput, optionsOf } from "../map/map-input.ts";
import type { RowInputs } from "../rows/row-inputs.ts";
import { checkExcluded, checkHeight } from "./check-height.ts";

/** Everything that a caller may give; umap-learn's parameters stand beside the data under their own names. */
export interface UmapScatterProps extends MapInput, RowInputs {
  /** n × 2 or n × 3 coordinates to show as they are, instead of `points`. */
  readonly coords: NumericSource | null;
  /** A picture for every row, fetched only when it is seen. */
  readonly images: ImageSource | null;
  /**
   * What stands as height over a map in two dimensions, and colours it: a column of `points`, or a number a row. null:
   * nothing, until a linked widget shows a unit.
   */
  readonly height: number | NumericSource | null;
  readonly exclude: number | null;
  /** Name under which other widgets on the page follow this map (`sharedLayout`); null: none does. */
  readonly shares: string | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
}

export const umapScatterDefaults: UmapScatterProps = {
  ...umapDefaults,
  points: null,
  coords: null,
  labels: null,
  color: null,
  images: null,
  names: null,
  values: null,
  precomputedKNN: null,
  placed: null,
  height: null,
  exclude: null,
  shares: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(umapScatterDefaults));

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on neither or both of `points` and `coords`, on wrong shapes, and on
 * values that the UMAP parameters do not take.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): UmapScatterProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...umapScatterDefaults, ...given } as UmapScatterProps;
  const { points, coords, saved } = props;
  if (points && coords) throw new ComputeError("input", "Both points and coords are given.", "Pass one of them.");
  if (!points && !coords && !saved)
    throw new ComputeError("input", "There is nothing to map.", "Pass points (n × d numbers) or coords (n × 2).");
  if (points) checkTable(points, "points");
  if (coords) {
    checkTable(coords, "coords");
    const columns = coords.shape[1];
    if (columns !== 2 && columns !== 3)
      throw new ComputeError("input", `coords has ${columns} columns.`, "Pass n × 2 or n × 3 coordinates.");
  }
  validateUmapOptions(optionsOf(props));
  if (props.placed && points) checkPlaced(props.placed, points, props.nComponents);
  if (props.height !== null) checkHeight(props.height, props);
  if (props.exclude !== null) checkExcluded(props.exclude, props);
  return props;
}

function checkTable(source: NumericSource, name: string): void {
  if (!isNumericSource(source))
    throw new ComputeError("input", `${name} is not a table of numbers.`, "Pass rows × columns of numbers.");
  if (source.shape.length !== 2)
    throw new ComputeError(
      "input",
      `${name} has ${source.shape.length} ${source.shape.length === 1 ? "dimension" : "dimensions"}, expected 2.`,
      "Pass rows × columns; flatten pictures to a row each.",
    );
}

function checkPlaced(placed: NumericSource, points: NumericSource, nComponents: number): void {
  checkTable(placed, "placed");
  const [rows = 0, dims = 0] = placed.shape;
  const all = points.shape[0] ?? 0;
  if (dims !== nComponents || rows > all)
    throw new ComputeError(
      "input",
      `placed has ${rows} × ${dims} numbers for ${all} rows in ${nComponents} dimensions.`,
      "Pass the coordinates of the first rows.",
    );
}

/** Rows of the data, whichever way it was given; 0 where only a saved picture is there. */
export function rowsIn({ points, coords }: Pick<UmapScatterProps, "points" | "coords">): number {
  return (points ?? coords)?.shape[0] ?? 0;
}
