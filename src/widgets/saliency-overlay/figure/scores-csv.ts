import { type CsvColumn, toCsv } from "../../export/to-csv.ts";
import type { Faithfulness, MapPlace, ShownSaliency } from "../data/shown-saliency.ts";

/**
 * What is known of each map, a line a map, picture after picture; single precision in its shortest digits, and nothing where
 * there is none: a map that was given has no score, one that nobody has judged has no areas.
 */
export function scoresCsv(
  { pictures, columns, classNames }: ShownSaliency,
  judged: (place: MapPlace) => Faithfulness | null,
): string {
  const lines = pictures.flatMap((picture, row) =>
    columns.map((column, at) => {
      const classIdx = picture.classes[at] ?? null;
      const map = picture.maps[at] ?? null;
      return { picture, column, classIdx, map, areas: judged({ picture: row, column: at }) };
    }),
  );
  const texts = (name: string, of: (line: (typeof lines)[number]) => string): CsvColumn => ({
    name,
    values: lines.map(of),
  });
  const numbers = (name: string, of: (line: (typeof lines)[number]) => number | null | undefined): CsvColumn => ({
    name,
    values: Float32Array.from(lines, (line) => of(line) ?? Number.NaN),
  });
  return toCsv(
    [
      texts("picture", ({ picture }) => picture.name),
      texts("column", ({ column }) => column.name),
      numbers("class", ({ classIdx }) => classIdx),
      texts("class_name", ({ classIdx }) => (classIdx === null ? "" : (classNames?.[classIdx] ?? ""))),
      numbers("probability", ({ picture, classIdx }) => (classIdx === null ? null : picture.probabilities[classIdx])),
      numbers("score", ({ map }) => map?.score),
      numbers("baseline_score", ({ map }) => map?.baselineScore),
      numbers("completeness_error", ({ map }) => map?.completeness?.error),
      texts("layer", ({ map }) => map?.layer ?? ""),
      numbers("deletion_area", ({ areas }) => areas?.deletionArea),
      numbers("insertion_area", ({ areas }) => areas?.insertionArea),
    ],
    { safeForSpreadsheets: true },
  );
}
