import { rowTable, type TableColumn } from "../../chrome/row-table.ts";
import { formatNumber } from "../../theme/numbers.ts";
import type { SaliencyOverlaySession } from "../session.ts";
import { classOf, formatShare } from "./overlay-words.ts";

/** Every map, for those who read better than they see. */
export function mapTable(
  { shown }: Pick<SaliencyOverlaySession, "shown">,
  onClose: () => void,
  signal: AbortSignal,
): HTMLElement {
  const columns = shown?.columns.length ?? 0;
  const cell = (row: number) => {
    const picture = shown?.pictures[Math.floor(row / columns)];
    return { picture, at: row % columns, map: picture?.maps[row % columns] ?? null };
  };
  const number = (name: string, of: (row: number) => number | null | undefined): TableColumn => ({
    name,
    align: "right",
    cell: (row) => {
      const value = of(row);
      return value === null || value === undefined ? "" : formatNumber(value);
    },
  });
  const probability = (row: number): string => {
    const { picture, at } = cell(row);
    const share = picture?.probabilities[picture.classes[at] ?? -1];
    return share === undefined ? "" : formatShare(share);
  };
  return rowTable(
    {
      title: "Maps",
      columns: [
        { name: "picture", cell: (row) => cell(row).picture?.name ?? "" },
        { name: "map", cell: (row) => shown?.columns[cell(row).at]?.name ?? "" },
        {
          name: "class",
          cell: (row) => {
            const { picture, at } = cell(row);
            return shown && picture ? classOf(shown, picture, at) : "";
          },
        },
        { name: "probability", align: "right", cell: probability },
        number("score", (row) => cell(row).map?.score),
        number("sum", (row) => cell(row).map?.completeness?.sum),
        number("difference", (row) => cell(row).map?.completeness?.difference),
      ],
      rows: (shown?.pictures.length ?? 0) * columns,
      onChoose: onClose,
      onClose,
    },
    signal,
  );
}
