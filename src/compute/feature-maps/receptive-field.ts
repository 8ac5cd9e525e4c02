import type { PicturePatch } from "./explain/pixel-explanation.ts";

/** What of one axis of the input a place of a map was made of. */
export interface FieldAlongAxis {
  /** The first pixel that place 0 saw; before the picture where padding was seen. A fraction behind a resize. */
  readonly start: number;
  /** Pixels from one place's first to the next one's; a fraction where maps were enlarged. */
  readonly step: number;
  /** Pixels that each place saw, before the picture's edges cut them. */
  readonly size: number;
}

/**
 * What of the input the place (row, column) of a map was made of: the input's rows from `start + step * row` to
 * `start + step * row + size - 1`, columns alike. Nothing outside has any influence; inside, weights may be 0.
 */
export interface ReceptiveField {
  readonly rows: FieldAlongAxis;
  readonly columns: FieldAlongAxis;
}

/**
 * The pixels that a place saw, cut at the picture's edges; all of the picture where the field is null, none where it saw
 * nothing but padding.
 */
export function patchOf(
  field: ReceptiveField | null,
  row: number,
  column: number,
  { height, width }: { readonly height: number; readonly width: number },
): PicturePatch {
  if (!field) return { top: 0, left: 0, height, width };
  const [top, rows] = pixelsAlong(field.rows, row, height);
  const [left, columns] = pixelsAlong(field.columns, column, width);
  return { top, left, height: rows, width: columns };
}

function pixelsAlong({ start, step, size }: FieldAlongAxis, place: number, pixels: number): readonly [number, number] {
  // Thirds add up to almost whole numbers.
  const first = Math.max(0, Math.ceil(start + step * place - 1e-6));
  const last = Math.min(pixels - 1, Math.floor(start + step * place + size - 1 + 1e-6));
  return [Math.min(first, pixels), Math.max(0, last - first + 1)];
}
