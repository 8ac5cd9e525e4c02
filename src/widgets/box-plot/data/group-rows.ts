import { addRow, emptyMask, type RowMask } from "../../../compute/selection/row-mask.ts";

/** The rows of a group. */
export function groupRows(codes: Int32Array, group: number): RowMask {
  const mask = emptyMask(codes.length);
  codes.forEach((code, row) => {
    if (code === group) addRow(mask, row);
  });
  return mask;
}
