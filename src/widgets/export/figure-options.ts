import { ComputeError } from "../../compute/errors.ts";
import type { Scheme } from "../theme/tokens.ts";
import { type FigureSize, figureDpi, figureWidth } from "./figure-size.ts";

export type FigureFormat = "png" | "svg" | "pdf";
export type FileFormat = FigureFormat | "csv";

/** How a figure is saved; white page and light colours unless asked otherwise. */
export interface FigureOptions {
  readonly format: FileFormat;
  /** Millimetres. */
  readonly width: number;
  readonly dpi: number;
  readonly scheme: Scheme;
  readonly transparent: boolean;
  /** Drawn above the map; null draws none. */
  readonly title: string | null;
  /** Whether the caption is drawn under the map; it is in the file either way. */
  readonly caption: boolean;
}

const FORMATS: readonly string[] = ["png", "svg", "pdf", "csv"];

/**
 * Check what a caller wrote: `format`, `size` ("column", "page" or mm; default "column"), `dpi`, `theme`,
 * `transparent`, `title`, `caption`.
 *
 * @throws {ComputeError} on a format or size that can't be written.
 */
export function acceptFigureOptions(input: Readonly<Record<string, unknown>>): FigureOptions {
  const { format = "png", size = "column", dpi, theme, transparent, title, caption } = input;
  if (typeof format !== "string" || !FORMATS.includes(format))
    throw new ComputeError("input", `unknown format: "${String(format)}" (expected png, svg, pdf or csv).`);
  const width = figureWidth(size as FigureSize);
  if (dpi !== undefined && dpi !== null && !(typeof dpi === "number" && dpi >= 30 && dpi <= 2400))
    throw new ComputeError("input", `dpi is ${String(dpi)}.`, "Use 30 to 2,400.");
  return {
    format: format as FileFormat,
    width,
    dpi: typeof dpi === "number" ? dpi : figureDpi(width),
    scheme: theme === "dark" ? "dark" : "light",
    transparent: transparent === true,
    title: typeof title === "string" && title !== "" ? title : null,
    caption: caption === true,
  };
}

/** Pixels that lie under the vectors of a file are as fine as journals print. */
const VECTOR_DPI = 600;

/** As `acceptFigureOptions`, but as wide as a page unless told otherwise. */
export function acceptPageOptions(input: Readonly<Record<string, unknown>>): FigureOptions {
  const isVector = input.format === "svg" || input.format === "pdf";
  const { size = "page", dpi = isVector ? VECTOR_DPI : undefined } = input;
  return acceptFigureOptions({ ...input, size, dpi });
}
