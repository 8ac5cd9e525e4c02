import { ComputeError } from "../../compute/errors.ts";
import { checkChoice, checkNumber } from "../../compute/option-checks.ts";
import { type BoxShape, boxShapes } from "../../compute/statistics/boxes/unit-boxes.ts";
import {
  type Level,
  levels,
  type StatisticsOptions,
  statisticsDefaults,
  validateStatisticsOptions,
} from "../../compute/statistics/statistics-options.ts";
import { isNumericSource, type NumericSource, type TextSource } from "../host/sources.ts";
import type { ColorInput } from "../rows/coloring.ts";
import { acceptUnit, acceptUnits } from "./data/unit-numbers.ts";

/** Everything that a caller may give. */
export interface BoxPlotProps extends StatisticsOptions {
  /** n × units activations. */
  readonly values: NumericSource | null;
  /** The class of each row. */
  readonly labels: ColorInput | null;
  /** The slide, or patient, of each row; null: unknown. */
  readonly slides: ColorInput | null;
  /** Units on show; "top": the six best of the ranking. */
  readonly units: "top" | readonly number[];
  /** So many panels where the units are not named one by one, 1 to 64. */
  readonly panels: number;
  /** The current unit; null: none until a reader takes one. */
  readonly unit: number | null;
  /** Of which test the ranking is; null: "slide" where slides are given, else "tile". */
  readonly level: Level | null;
  readonly shape: BoxShape;
  /** Each panel its own scale, or one for all. */
  readonly axes: "free" | "shared";
  /** Boxes of tiles' values, or of slides'. */
  readonly boxesOf: "tiles" | "slides";
  /** A name for every unit; null: their numbers. */
  readonly unitNames: TextSource | null;
  /** A name for every row. */
  readonly names: TextSource | null;
  readonly title: string | null;
  readonly theme: "auto" | "light" | "dark";
  /** A packed picture from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}

export const boxPlotDefaults: BoxPlotProps = {
  ...statisticsDefaults,
  values: null,
  labels: null,
  slides: null,
  units: "top",
  panels: 6,
  unit: null,
  level: null,
  shape: "box",
  axes: "free",
  boxesOf: "tiles",
  unitNames: null,
  names: null,
  title: null,
  theme: "auto",
  saved: null,
};

const known = new Set(Object.keys(boxPlotDefaults));

/**
 * Check what a caller wrote and fill in the defaults.
 *
 * @throws {ComputeError} on an unknown name, on no values or labels, on wrong shapes and values, and on units that are
 * not there.
 */
export function acceptProps(input: Readonly<Record<string, unknown>>): BoxPlotProps {
  const unknown = Object.keys(input).find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new ComputeError("input", `Unknown option: "${unknown}".`, `Known are ${[...known].join(", ")}.`);
  const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
  const props = { ...boxPlotDefaults, ...given } as BoxPlotProps;
  const { values, labels, slides, saved, level, shape, axes, boxesOf } = props;
  if (!saved && !values)
    throw new ComputeError("input", "There are no units to compare.", "Pass values (rows × units of numbers).");
  if (!saved && !labels) throw new ComputeError("input", "There are no groups to compare.", "Pass labels, one a row.");
  if (values && (!isNumericSource(values) || values.shape.length !== 2))
    throw new ComputeError("input", "values is not a table of numbers.", "Pass rows × units of numbers.");
  if (level !== null) checkChoice("level", level, levels);
  if (level === "slide" && !slides && !saved)
    throw new ComputeError("input", 'level "slide" needs slides.', "Pass slides, one a row.");
  checkChoice("shape", shape, boxShapes);
  checkChoice("axes", axes, ["free", "shared"]);
  checkChoice("boxesOf", boxesOf, ["tiles", "slides"]);
  if (boxesOf === "slides" && !slides && !saved)
    throw new ComputeError("input", 'boxesOf "slides" needs slides.', "Pass slides, one a row.");
  // How many a saved picture has is not known here, nor how many activations that nobody has read yet.
  const count = values?.shape[1] || Number.POSITIVE_INFINITY;
  const units = acceptUnits(props.units, count);
  const unit = props.unit === null ? null : acceptUnit(props.unit, count);
  checkNumber("panels", props.panels, { integer: true, least: 1, most: 64 });
  validateStatisticsOptions(props);
  return { ...props, units, unit };
}

/** Rows of the data; 0 where only a saved picture is there. */
export function rowsIn({ values }: Pick<BoxPlotProps, "values">): number {
  return values?.shape[0] ?? 0;
}

/** The level that the ranking goes by. */
export function levelOf({ level, slides }: Pick<BoxPlotProps, "level" | "slides">): Level {
  return level ?? (slides ? "slide" : "tile");
}
