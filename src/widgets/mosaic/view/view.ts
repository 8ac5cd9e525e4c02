import type { WindowCells } from "../../../compute/mosaic/index.ts";
import { frame } from "../../chrome/frame.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import { type Mark, rowDetails } from "../../rows/row-details.ts";
import { RowLooks } from "../../rows/row-looks.ts";
import { RowPictures } from "../../rows/row-pictures.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { readTokens } from "../../theme/tokens.ts";
import { viewStatus } from "../../work/view-status.ts";
import { axisNames } from "../axis-names.ts";
import type { Crop } from "../figure/crop.ts";
import { createMosaicPlot } from "../plot/create-plot.ts";
import { densityColors } from "../plot/drawing/draw-density.ts";
import type { CellOnShow } from "../plot/plot-options.ts";
import type { Change, MosaicSession } from "../session.ts";
import { cellName, cellSize } from "./cell-words.ts";
import { contactSheet } from "./contact-sheet.ts";
import { densityLegend } from "./density-legend.ts";
import { mosaicFiles } from "./mosaic-files.ts";
import { mosaicStatus } from "./mosaic-status.ts";
import { mosaicLabel, mosaicSubtitle } from "./mosaic-words.ts";
import { placeOf, TileHover } from "./tile-hover.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

/** Longer side of a hovered tile's picture, CSS px. */
const TILE_SIDE = 160;
const NO_TILE = "No tile in sight.";
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

  const looks = new RowLooks(
    {
      rows,
      data,
      scheme: () => scheme.scheme,
      onPromote: () => repaint(),
      onPreview: () => showMask(),
    },
    signal,
  );
  /** What is on show as a density map; null: nothing is. */
  let dense: WindowCells | null = null;
  let wantedMode: "tiles" | "points" = "tiles";
  const hover = new TileHover(rows, () => showHover());

  const plot = createMosaicPlot(shell.body, {
    signal,
    // A tooltip would cover the sheet that is open.
    onHover: (row, cell) => hover.move(row, sheet.cell ? { cell, mark: null } : placeOf(cell)),
    onSelect: (mask, mode) => looks.select(mask, mode),
    onCurrent: (row) => rows.look(row),
    onOpen: openCell,
    onUndo: () => rows.undo(),
    onRedo: () => rows.redo(),
    onEscape: () => shell.escape.press(),
    onFind: () => dialogs.openSearch(),
    onHelp: () => dialogs.openHelp(),
    onNotice: (text) => status.answer(text),
    onSight(isInSight) {
      if (!isInSight) shell.live.announce(NO_TILE);
      status.showTask(isInSight ? null : NO_TILE, [{ name: "Fit", run: () => plot.fit() }]);
    },
    onDensity(cells) {
      dense = cells;
      showDensity();
    },
  });
  const density = densityLegend(
    { count: () => session.count, onSelect: (mask, mode) => looks.select(mask, mode) },
    signal,
  );
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
      return looks.promoted;
    },
  };
  const files = mosaicFiles(session, { root: shell.root, crop, status }, signal);
  const details = rowDetails(
    shell.body,
    {
      facts: () => looks.facts,
      hovered: new RowPictures(() => session.looks.shownImages, signal),
      current: new RowPictures(() => session.looks.shownImages, signal),
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
      images: () => session.looks.shownImages,
      facts: () => looks.facts,
      onHover: (row, mark) => hover.move(row, { cell: row < 0 ? null : sheet.cell, mark }),
      onChoose: (row) => rows.look(row),
    },
    signal,
  );
  shell.side.append(looks.legend, density.element, details.card);
  const dialogs = viewDialogs(
    session,
    shell,
    {
      facts: () => looks.facts,
      onPreview: (row) => hover.move(row, placeOf(plot.cellOf(row))),
      onChoose: (row) => plot.choose(row),
      scale: density.element,
      onSettings: (open) => {
        tools.showSettings(open);
        if (!open) looks.legend.after(density.element);
      },
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
      save: (format) => void files.save(format),
      copyCaption: () => void files.copyCaption(),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("clear", () => looks.clear(), signal);

  const follow: Record<Change, () => void> = {
    layout: () => status.showWork(),
    grid: showGrid,
    pictures: showPictures,
    coloring: () => {
      looks.recolor();
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

  function repaint(): void {
    looks.repaint();
    plot.themeChanged();
    plot.setPaint(looks.paint, data.coloring);
    details.look(rows.current);
    looks.showLegend();
    showDensity();
    status.showWork();
    describe();
  }

  /** Names, values or colours are other ones: what is told of rows follows. */
  function learn(): void {
    looks.learn();
    details.look(rows.current);
  }

  function showGrid(): void {
    const { tiles } = session;
    plot.setGrid(tiles?.grid ?? null, tiles?.positions ?? new Float32Array(), {
      settling: tiles?.layout.settling ?? false,
      chooseTile: tiles?.chooseTile ?? null,
      expandsTo: tiles?.expandsTo ?? null,
    });
    plot.setAxisNames(axisNames(session));
    status.showWork();
    showSubtitle();
    describe();
  }

  function showPictures(): void {
    plot.setPictures(session.looks.images, session.looks.stain);
    details.look(rows.current);
    showMode();
  }

  function plotMode(): "tiles" | "points" {
    return session.looks.images ? wantedMode : "points";
  }

  function showMode(): void {
    sheet.close();
    plot.setMode(plotMode());
    tools.showMode(plotMode(), session.looks.images !== null);
  }

  function showFocus(): void {
    plot.setFocus(session.looks.focus);
    showSubtitle();
    describe();
  }

  function showMask(how = { fades: false }): void {
    plot.setMask(looks.mask, how);
  }

  function showSelection(): void {
    showMask({ fades: true });
    looks.showLegend();
    showDensity();
    status.showSelection();
    describe();
  }

  function showDensity(): void {
    density.show(dense, rows.selected, densityColors(scheme.scheme));
  }

  function showHover(): void {
    const row = rows.hovered;
    plot.setHovered(row);
    const { cell, mark } = hover;
    details.hover(mark ? row : -1, mark ?? NOWHERE);
    // Reached by keys: a reader who can't see the ring hears which tile it is.
    if (mark && row >= 0 && !shell.body.matches(":hover"))
      shell.live.announce(
        [looks.facts.name(row), looks.facts.classOf(row)?.name, cell ? cellSize(cell) : ""].filter(Boolean).join(", "),
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
    const { title, theme, background, classMarks, classNames } = session.props;
    shell.setTitle(title ?? "Mosaic");
    scheme.setTheme(theme);
    plot.setBackground(background);
    plot.setClassMarks(classMarks);
    plot.setClassNames(classNames);
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
}
