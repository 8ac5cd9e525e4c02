/** CSS px between two pictures, beside and below each other. */
export const GAP = 2;
/** CSS px of the bar under a picture that says how strong its channel is. */
export const BAR = 2;
/** CSS px of a layer's name. */
export const HEAD = 24;
/** CSS px of a picture's side, at least, where sixteen stand in a row: 28 in 600 px, less a wide scroll bar. */
const SIDE = 27;
const MANY = 16;
const FEW = 8;
/** Between two channels where each has two pictures, which touch. */
const PAIR_GAP = 6;
/** Under the last row of a layer. */
const FOOT = 8;

export interface GridOptions {
  /** CSS px that there are. */
  readonly width: number;
  /** Pictures in a row; null: 16 where they have room, else 8. */
  readonly columns: number | null;
  /** Every channel has a picture for each of two inputs, beside each other. */
  readonly isPaired: boolean;
  /** Channels of each layer. */
  readonly counts: readonly number[];
}

/** Where a layer stands, in CSS px from the top of all. */
export interface GridSection {
  readonly top: number;
  readonly height: number;
  readonly rows: number;
  readonly count: number;
}

/** Where everything stands: layers one below the other, in each its channels row after row. */
export interface GridLayout {
  /** Channels in a row. */
  readonly across: number;
  /** Pictures that a channel has, 1 or 2. */
  readonly inputs: number;
  /** A picture's side. */
  readonly cell: number;
  /** From one channel to the next, and from one row to the next. */
  readonly pitch: { readonly x: number; readonly y: number };
  readonly width: number;
  readonly height: number;
  readonly sections: readonly GridSection[];
}

/** A channel by its layer and its place there, in the order in which channels stand. */
export interface GridPlace {
  readonly layer: number;
  readonly place: number;
}

/** A place on one of its pictures: CSS px from the picture's corner. */
export interface GridPoint extends GridPlace {
  readonly input: number;
  readonly x: number;
  readonly y: number;
}

/** Lay out pictures that are as large as they can be: 16 of 28 px need 478. */
export function layOutGrid({ width, columns, isPaired, counts }: GridOptions): GridLayout {
  const inputs = isPaired ? 2 : 1;
  const gap = isPaired ? PAIR_GAP : GAP;
  const pictures = columns ?? (MANY * SIDE + (MANY - 1) * GAP <= width ? MANY : FEW);
  const across = Math.max(1, Math.floor(pictures / inputs));
  const cell = Math.max(4, Math.floor((width - (across - 1) * gap) / (across * inputs)));
  const pitch = { x: cell * inputs + gap, y: cell + GAP + BAR + GAP };
  let top = 0;
  const sections = counts.map((count): GridSection => {
    const rows = Math.ceil(count / across);
    const section = { top, height: HEAD + rows * pitch.y + FOOT, rows, count };
    top += section.height;
    return section;
  });
  return { across, inputs, cell, pitch, width: across * pitch.x - gap, height: top, sections };
}

/** The layer that stands at this height; the last one below them all, -1 where there is none. */
export function layerAt({ sections }: Pick<GridLayout, "sections">, y: number): number {
  return Math.max(
    sections.length > 0 ? 0 : -1,
    sections.findLastIndex(({ top }) => top <= y),
  );
}

/** What lies under a point of the grid; null between pictures, and beside them. */
export function pointAt(layout: GridLayout, x: number, y: number): GridPoint | null {
  const { across, inputs, cell, pitch, sections } = layout;
  const layer = layerAt(layout, y);
  const section = sections[layer];
  if (!section || x < 0) return null;
  const inside = y - section.top - HEAD;
  const [row, column] = [Math.floor(inside / pitch.y), Math.floor(x / pitch.x)];
  const place = row * across + column;
  const [left, top] = [x - column * pitch.x, inside - row * pitch.y];
  const input = Math.floor(left / cell);
  if (inside < 0 || column >= across || place >= section.count || top >= cell || input >= inputs) return null;
  return { layer, place, input, x: left - input * cell, y: top };
}

/** The corner of a channel's first picture, in CSS px from the corner of all. */
export function cornerOf(
  { across, pitch, sections }: GridLayout,
  { layer, place }: GridPlace,
): { readonly x: number; readonly y: number } {
  const row = Math.floor(place / across);
  return { x: (place - row * across) * pitch.x, y: (sections[layer]?.top ?? 0) + HEAD + row * pitch.y };
}
