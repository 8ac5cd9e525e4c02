/** A row of channels on paper. */
export interface PageRow {
  readonly layer: number;
  /** Places among the layer's channels in the order in which they are shown; the last is not among them. */
  readonly first: number;
  readonly last: number;
  /** What stands above it: the layer's name, that it goes on from the page before, or nothing. */
  readonly title: "name" | "continued" | null;
  /** Millimetres from the top of its page, its title included. */
  readonly top: number;
}

export interface PageRows {
  readonly rows: readonly PageRow[];
  /** Millimetres from the top where the last row ends. */
  readonly bottom: number;
}

export interface PageRowsOptions {
  /** Channels of each layer. */
  readonly counts: readonly number[];
  /** Channels in a row. */
  readonly across: number;
  /** Millimetres of a row with the gap below it, of a layer's name, and below a layer's last row. */
  readonly row: number;
  readonly title: number;
  readonly foot: number;
  /** Millimetres that a page has for rows; infinite: all on one. */
  readonly room: number;
}

/** Rows on pages: none is cut, and no name stands without a row below it. A row that no page has room for has its own. */
export function pageRows({ counts, across, row, title, foot, room }: PageRowsOptions): readonly PageRows[] {
  const pages: { rows: PageRow[]; bottom: number }[] = [{ rows: [], bottom: 0 }];
  let top = 0;
  for (const [layer, count] of counts.entries()) {
    for (let first = 0; first < count; first += across) {
      let page = pages.at(-1);
      const height = (first === 0 ? title : 0) + row;
      if (!page || (page.rows.length > 0 && top + height > room)) {
        page = { rows: [], bottom: 0 };
        pages.push(page);
        top = 0;
      }
      const isNamed = first === 0 || page.rows.length === 0;
      const named = first === 0 ? "name" : "continued";
      page.rows.push({ layer, first, last: Math.min(count, first + across), title: isNamed ? named : null, top });
      top += (isNamed ? title : 0) + row;
      page.bottom = top;
    }
    top += foot;
  }
  return pages;
}
