/** What marks are coloured with. */
export interface PlotColors {
  /** Up to 255 colours, `#rrggbb` or `rgb()`; where `codes` is null, those of densities. */
  readonly palette: readonly string[];
  /** Place of each row's colour in the palette; 255: none, drawn as a hollow ring. null: coloured by density. */
  readonly codes: Uint8Array<ArrayBuffer> | null;
}
