import { type InlinePicture, pictureListSource } from "./inline-pictures.ts";
import {
  listSource,
  type NumberList,
  type NumberTable,
  rowLabels,
  tableSource,
  textListSource,
} from "./inline-sources.ts";
import { isImageSource, isNumericSource, isTextSource, type NumericSource } from "./sources.ts";

type Reader = (written: unknown, name: string) => unknown;

/** A column's number stays one; a list of numbers is read. */
const readColumn: Reader = (written) => (typeof written === "number" ? written : listSource(written as NumberList));

const readTable: Reader = (written, name) => tableSource(written as NumberTable, name);

/** How the properties that hold data are read; every widget gives the same name the same meaning. */
const readers: Readonly<Record<string, Reader>> = {
  points: readTable,
  coords: readTable,
  tileMeta: readTable,
  height: readColumn,
  labels: rowLabels,
  color: rowLabels,
  names: (written) => textListSource(written as Iterable<unknown>),
  images: (written) => pictureListSource(written as readonly InlinePicture[]),
  normalizerSource: (written) => pictureListSource([written as InlinePicture]),
  slides: rowLabels,
  unitNames: (written) => textListSource(written as Iterable<unknown>),
  values: (written, name) => (isTable(written) ? readTable(written, name) : readColumns(written)),
};

/** Columns by their names, one number a row in each. */
function readColumns(written: unknown): unknown {
  return {
    columns: Object.entries(written as Readonly<Record<string, NumberList>>).map(([name, list]) => ({
      name,
      values: listSource(list),
    })),
  };
}

/** Rows of numbers, or one array with its shape. */
function isTable(written: unknown): boolean {
  return (
    Array.isArray(written) ||
    (typeof written === "object" && written !== null && "data" in written && "shape" in written)
  );
}

/**
 * Properties as a page's author writes them (arrays, typed arrays, strings, pictures), with data made sources. What
 * is a source already, null, or no data stays as it is.
 */
export function inlineProps(written: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(written).map(([name, value]) => {
      const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
      const within = read && sourceWithin(value);
      return [name, within ?? (read && !isRead(value) ? read(value, name) : value)];
    }),
  );
}

/** What is read of an object that carries its source along, as activations do. */
function sourceWithin(value: unknown): NumericSource | undefined {
  if (typeof value !== "object" || value === null || !("source" in value)) return undefined;
  return isNumericSource(value.source) ? value.source : undefined;
}

function isRead(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === "object" && ("kind" in value || "columns" in value)) return true;
  return isNumericSource(value) || isTextSource(value) || isImageSource(value);
}
