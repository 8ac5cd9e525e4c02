import type { RowMask } from "../../../compute/selection/row-mask.ts";
import { frame } from "../../chrome/frame.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import { combineSelection } from "../../link/combine-selection.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import { legendPanel } from "../../rows/legend-panel.ts";
import { type Paint, paintOf } from "../../rows/paint.ts";
import { type Mark, rowDetails } from "../../rows/row-details.ts";
import { type RowFacts, rowFacts } from "../../rows/row-facts.ts";
import { RowPictures } from "../../rows/row-pictures.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { readTokens } from "../../theme/tokens.ts";
import { viewStatus } from "../../work/view-status.ts";
import type { Crop } from "../figure/crop.ts";
import { createMosaicPlot } from "../plot/create-plot.ts";
import type { CellOnShow } from "../plot/plot-options.ts";
import type { Change, MosaicSession } from "../session.ts";
import { cellName, cellSize } from "./cell-words.ts";
import { contactSheet } from "./contact-sheet.ts";
import { mosaicFiles } from "./mosaic-files.ts";
import { mosaicStatus } from "./mosaic-status.ts";
import { mosaicLabel, mosaicSubtitle } from "./mosaic-words.ts";
import { placeOf, TileHover } from "./tile-hover.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

/** Longer side of a hovered tile's picture, CSS px. */
const TILE_SIDE = 160;
const NOWHERE: Mark = { x: 0, y: 0, radius: 0 };

/** Show a session in `root`: the frame, the tiles, and what surrounds them, until `signal` aborts. */
export function mountView(session: MosaicSession, root: HTMLElement, signal: AbortSignal): void {
  const { rows, data } = session;
  const shell = frame(
    root,
    { title: session.props.title ?? "Mosaic", onFullScreen: (active) => showFullScreen(active) },
    signal,
  );
  const scheme = watchColorScheme(shell.root, session.props.theme, () => repaint(), signal);
  const status = viewStatus(mosaicStatus(session), shell, signal);

  let promoted: readonly number[] = [];
  /** The class under the pointer in the legend, shown alone. */
  let preview: RowMask | null = null;
  let paint: Paint = choosePaint();
  let facts: RowFacts = rowFacts(data.details, data.coloring, paint);
  let wantedMode: "tiles" | "points" = "tiles";
  const hover = new TileHover(rows, () => showHover());

  const plot = createMosaicPlot(shell.body, {
    signal,
    // A tooltip would cover the sheet that is open.
    onHover: (row, cell) => hover.move(row, sheet.cell ? { cell, mark: null } : placeOf(cell)),
    onSelect: select,
    onCurrent: (row) => rows.look(row),
    onOpen: openCell,
    onUndo: () => rows.undo(),
    onRedo: () => rows.redo(),
    onEscape: () => shell.escape.press(),
    onFind: () => dialogs.openSearch(),
    onHelp: () => dialogs.openHelp(),
    onNotice: (text) => status.answer(text),
  });
  const crop: Crop = {
    get view() {
      return plot.view.width > 0 ? plot.view : null;
    },
    get cells() {
      return plot.cells;
    },
    get mode() {
      return plotMode();
    },
    get diameter() {
      return plot.diameter;
    },
    get promoted() {
      return promoted;
    },
  };
  const files = mosaicFiles(session, { root: shell.root, crop, status }, signal);
  const details = rowDetails(
    shell.body,
    {
      facts: () => facts,
      hovered: new RowPictures(() => session.shownImages, signal),
      current: new RowPictures(() => session.shownImages, signal),
      ink: () => {
        const { edge, text } = readTokens(shell.root);
        return { bars: edge, tick: text };
      },
      notes: () => (hover.cell ? [cellSize(hover.cell), cellName(hover.cell)] : []),
      // A tile that is as large on the map need not be shown twice.
      pictureSide: () => ((hover.mark?.radius ?? 0) * 2 < TILE_SIDE || plotMode() === "points" ? TILE_SIDE : 0),
    },
    signal,
  );
  const sheet = contactSheet(
    shell,
    {
      images: () => session.shownImages,
      facts: () => facts,
      onHover: (row, mark) => hover.move(row, { cell: row < 0 ? null : sheet.cell, mark }),
      onChoose: (row) => rows.look(row),
    },
    signal,
  );
  const legend = legendPanel(
    {
      onPreview(mask) {
        preview = mask;
        showMask();
      },
      onSelect(mask, mode) {
        preview = null;
        select(mask, mode);
      },
      onPromote(index) {
        promoted = [...promoted, index];
        repaint();
      },
    },
    signal,
  );
  shell.side.append(legend.element, details.card);
  const dialogs = viewDialogs(
    session,
    shell,
    {
      facts: () => facts,
      onPreview: (row) => hover.move(row, placeOf(plot.cellOf(row))),
      onChoose: (row) => plot.choose(row),
      onSettings: (open) => tools.showSettings(open),
    },
    signal,
  );
  const tools = viewTools(
    {
      setTool,
      find: () => dialogs.openSearch(),
      toggleSettings: () => dialogs.toggleSettings(),
      toggleTiles() {
        wantedMode = wantedMode === "tiles" ? "points" : "tiles";
        showMode();
      },
      fit: () => plot.fit(),
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      saves: [
        { name: "PNG", run: () => void files.save("png") },
        { name: "SVG", run: () => void files.save("svg") },
        { name: "PDF", run: () => void files.save("pdf") },
        { name: "CSV", run: () => void files.save("csv") },
        { name: "Copy caption", separated: true, run: () => void files.copyCaption() },
      ],
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("clear", clearSelection, signal);

  const follow: Record<Change, () => void> = {
    layout: () => status.showWork(),
    grid: showGrid,
    pictures: showPictures,
    coloring: () => {
      promoted = [];
      repaint();
    },
    status: () => status.showWork(),
    options: showOptions,
    details: learn,
    focus: showFocus,
  };
  session.listen((change) => follow[change](), signal);
  rows.listen("selection", showSelection, signal);
  rows.listen("hover", showHover, signal);
  rows.listen("current", showCurrent, signal);
  signal.addEventListener("abort", () => hover.end(), { once: true });
  showOptions();
  repaint();
  showPictures();
  showGrid();
  showFocus();
  showSelection();
  showCurrent();

  function choosePaint(): Paint {
    return paintOf(data.coloring, { scheme: scheme.scheme, promoted });
  }

  function repaint(): void {
    paint = choosePaint();
    plot.themeChanged();
    plot.setPaint(paint, data.coloring);
    learn();
    showLegend();
    status.showWork();
    describe();
  }

  /** Names, values or colours are other ones: what is told of rows follows. */
  function learn(): void {
    facts = rowFacts(data.details, data.coloring, paint);
    details.look(rows.current);
  }

  function showGrid(): void {
    const { tiles } = session;
    plot.setGrid(tiles?.grid ?? null, tiles?.positions ?? new Float32Array(), {
      settling: tiles?.layout.settling ?? false,
      chooseTile: tiles?.chooseTile ?? null,
    });
    // Of a saved picture its own origin says no more than that.
    const isGiven = session.props.coords !== null || tiles?.layout.origin.kind === "coords";
    plot.setAxisNames(isGiven ? ["x", "y"] : ["UMAP 1", "UMAP 2"]);
    status.showWork();
    showSubtitle();
    describe();
  }

  function showPictures(): void {
    plot.setPictures(session.images, session.stain);
    details.look(rows.current);
    showMode();
  }

  function plotMode(): "tiles" | "points" {
    return session.images ? wantedMode : "points";
  }

  function showMode(): void {
    sheet.close();
    plot.setMode(plotMode());
    tools.showMode(plotMode(), session.images !== null);
  }

  function showFocus(): void {
    plot.setFocus(session.focus);
    describe();
  }

  function showMask(how = { fades: false }): void {
    plot.setMask(preview ?? rows.selected, how);
  }

  function showLegend(): void {
    legend.show({ title: "", coloring: data.coloring, paint, selected: rows.selected });
  }

  function showSelection(): void {
    showMask({ fades: true });
    showLegend();
    status.showSelection();
    describe();
  }

  function showHover(): void {
    const row = rows.hovered;
    plot.setHovered(row);
    const { cell, mark } = hover;
    details.hover(mark ? row : -1, mark ?? NOWHERE);
    // Reached by keys: a reader who can't see the ring hears which tile it is.
    if (mark && row >= 0 && !shell.body.matches(":hover"))
      shell.live.announce(
        [facts.name(row), facts.classOf(row)?.name, cell ? cellSize(cell) : ""].filter(Boolean).join(", "),
      );
  }

  function openCell(cell: CellOnShow | null): void {
    if (!cell || cell.rows.length < 2 || plotMode() === "points") sheet.close();
    else {
      details.hover(-1, NOWHERE);
      sheet.open(cell, { takesFocus: shell.body.matches(":focus-visible") });
    }
  }

  function showCurrent(): void {
    plot.setCurrent(rows.current);
    sheet.showCurrent(rows.current);
    details.look(rows.current);
  }

  function showOptions(): void {
    const { title, theme, background, classMarks } = session.props;
    shell.setTitle(title ?? "Mosaic");
    scheme.setTheme(theme);
    plot.setBackground(background);
    plot.setClassMarks(classMarks);
    dialogs.followOptions();
    showSubtitle();
  }

  function showSubtitle(): void {
    shell.setSubtitle(mosaicSubtitle(session));
  }

  function describe(): void {
    shell.setLabel(mosaicLabel(session));
  }

  function showFullScreen(active: boolean): void {
    tools.showFullScreen(active);
    plot.setFullScreen(active);
  }

  function setTool(tool: PlaneTool): void {
    plot.setTool(tool);
    tools.showTool(tool);
  }

  function select(mask: RowMask, mode: SelectionMode): void {
    rows.select(combineSelection(rows.own, mask, mode));
  }

  function clearSelection(): boolean {
    if (!rows.own) return false;
    rows.select(null);
    return true;
  }
}
