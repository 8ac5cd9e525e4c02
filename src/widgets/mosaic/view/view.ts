import type { WindowCells } from "../../../compute/mosaic/index.ts";
import { frame } from "../../chrome/frame.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import { RowLooks } from "../../rows/row-looks.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { viewStatus } from "../../work/view-status.ts";
import { axisNames } from "../axis-names.ts";
import type { Crop } from "../figure/crop.ts";
import { createMosaicPlot } from "../plot/create-plot.ts";
import { densityColors } from "../plot/drawing/draw-density.ts";
import type { Change, MosaicSession } from "../session.ts";
import { densityLegend } from "./density-legend.ts";
import { mosaicFiles } from "./mosaic-files.ts";
import { mosaicStatus } from "./mosaic-status.ts";
import { mosaicLabel, mosaicSubtitle } from "./mosaic-words.ts";
import { tileDetails } from "./tile-details.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

const NO_TILE = "No tile in sight.";

/** Show a session in `root`: the frame, the tiles, and what surrounds them, until `signal` aborts. */
export function mountView(session: MosaicSession, root: HTMLElement, signal: AbortSignal): void {
  const { rows, data } = session;
  const shell = frame(
    root,
    { title: session.props.title ?? "Mosaic", onFullScreen: (active) => showFullScreen(active) },
    signal,
  );
  const scheme = watchColorScheme(shell.root, session.props.theme, () => showScheme(), signal);
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

  const plot = createMosaicPlot(shell.body, {
    signal,
    onHover: (row, cell) => details.point(row, cell),
    onSelect: (mask, mode) => looks.select(mask, mode),
    onCurrent: (row) => rows.look(row),
    onOpen: (cell) => details.openCell(cell),
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
  const details = tileDetails(session, shell, { plot: () => plot, facts: () => looks.facts, mode: plotMode }, signal);
  shell.side.append(looks.legend, density.element, details.card);
  const dialogs = viewDialogs(
    session,
    shell,
    {
      facts: () => looks.facts,
      onPreview: (row) => details.preview(row),
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
  showOptions();
  repaint();
  showPictures();
  showGrid();
  showFocus();
  showSelection();

  function showScheme(): void {
    plot.themeChanged();
    repaint();
  }

  function repaint(): void {
    looks.repaint();
    plot.setPaint(looks.paint, data.coloring);
    details.learn();
    looks.showLegend();
    showDensity();
    status.showWork();
    describe();
  }

  /** Names, values or colours are other ones: what is told of rows follows. */
  function learn(): void {
    looks.learn();
    details.learn();
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
    details.learn();
    showMode();
  }

  function plotMode(): "tiles" | "points" {
    return session.looks.images ? wantedMode : "points";
  }

  function showMode(): void {
    details.openCell(null);
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
