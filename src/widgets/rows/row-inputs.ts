import type { NumericSource, TextSource } from "../host/sources.ts";
import type { ColorInput } from "./coloring.ts";

/** What a caller tells of rows beside their places and pictures. */
export interface RowInputs {
  /** A class, or a number, for every row: colours the rows until `color` is given. */
  readonly labels: ColorInput | null;
  /** What to colour by instead of the labels: numbers make a scale, strings make classes. */
  readonly color: ColorInput | null;
  /** A name for every row. */
  readonly names: TextSource | null;
  /** Numbers to show for the hovered row, a column each. */
  readonly values: { readonly columns: readonly { readonly name: string; readonly values: NumericSource }[] } | null;
  /** A packed picture from a saved notebook. */
  readonly saved: Uint8Array<ArrayBuffer> | null;
}
