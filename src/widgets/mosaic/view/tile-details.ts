import type { Frame } from "../../chrome/frame.ts";
import { type Mark, rowDetails } from "../../rows/row-details.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import { RowPictures } from "../../rows/row-pictures.ts";
import { readTokens } from "../../theme/tokens.ts";
import type { CellOnShow, MosaicPlot } from "../plot/plot-options.ts";
import type { MosaicSession } from "../session.ts";
import { cellName, cellSize } from "./cell-words.ts";
import { contactSheet } from "./contact-sheet.ts";
import { placeOf, TileHover } from "./tile-hover.ts";

/** Longer side of a hovered tile's picture, CSS px. */
const TILE_SIDE = 160;
const NOWHERE: Mark = { x: 0, y: 0, radius: 0 };

/** The view that tiles are told of in. */
export interface TileView {
  readonly plot: () => Pick<MosaicPlot, "cellOf" | "pictureOf" | "setHovered" | "setCurrent">;
  readonly facts: () => RowFacts;
  readonly mode: () => "tiles" | "points";
}

export interface TileDetails {
  /** The current tile's card, for the side column. */
  readonly card: HTMLElement;
  /** A tile is pointed at on the map; row -1: none is. */
  point(row: number, cell: CellOnShow | null): void;
  /** A tile is pointed at from elsewhere, as by a search; -1: none is. */
  preview(row: number): void;
  /** Open a cell's contact sheet; null closes the one that is open. */
  openCell(cell: CellOnShow | null): void;
  /** Names, values, colours or pictures are other ones: what is told of the current tile follows. */
  learn(): void;
}

/** What a view tells of single tiles: the tooltip of one that is pointed at, the current one's card, a cell's sheet. */
export function tileDetails(
  session: MosaicSession,
  shell: Frame,
  { plot, facts, mode }: TileView,
  signal: AbortSignal,
): TileDetails {
  const { rows } = session;
  const images = () => session.looks.shownImages;
  const drawn = (row: number) => plot().pictureOf(row);
  const hover = new TileHover(rows, showHover);
  const details = rowDetails(
    shell.body,
    {
      facts,
      hovered: new RowPictures(images, signal),
      current: new RowPictures(images, signal),
      ink: () => {
        const { edge, text } = readTokens(shell.root);
        return { bars: edge, tick: text };
      },
      notes: () => (hover.cell ? [cellSize(hover.cell), cellName(hover.cell)] : []),
      // A tile that is as large on the map need not be shown twice.
      pictureSide: () => ((hover.mark?.radius ?? 0) * 2 < TILE_SIDE || mode() === "points" ? TILE_SIDE : 0),
      drawn,
    },
    signal,
  );
  const sheet = contactSheet(
    shell,
    {
      images,
      drawn,
      facts,
      onHover: (row, mark) => hover.move(row, { cell: row < 0 ? null : sheet.cell, mark }),
      onChoose: (row) => rows.look(row),
    },
    signal,
  );
  rows.listen("hover", showHover, signal);
  rows.listen("current", showCurrent, signal);
  signal.addEventListener("abort", () => hover.end(), { once: true });

  function showHover(): void {
    const row = rows.hovered;
    plot().setHovered(row);
    const { cell, mark } = hover;
    details.hover(mark ? row : -1, mark ?? NOWHERE);
    // Reached by keys: a reader who can't see the ring hears which tile it is.
    if (mark && row >= 0 && !shell.body.matches(":hover"))
      shell.live.announce(
        [facts().name(row), facts().classOf(row)?.name, cell ? cellSize(cell) : ""].filter(Boolean).join(", "),
      );
  }

  function showCurrent(): void {
    plot().setCurrent(rows.current);
    sheet.showCurrent(rows.current);
    details.look(rows.current);
  }

  return {
    card: details.card,
    // A tooltip would cover the sheet that is open.
    point: (row, cell) => hover.move(row, sheet.cell ? { cell, mark: null } : placeOf(cell)),
    preview: (row) => hover.move(row, placeOf(plot().cellOf(row))),
    openCell(cell) {
      if (!cell || cell.rows.length < 2 || mode() === "points") sheet.close();
      else {
        details.hover(-1, NOWHERE);
        sheet.open(cell, { takesFocus: shell.body.matches(":focus-visible") });
      }
    },
    learn: showCurrent,
  };
}
