import { pageClient } from "../../../compute/runtime/page-client.ts";
import { maskOf } from "../../../compute/selection/row-mask.ts";
import { frame } from "../../chrome/frame.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import { rowDetails } from "../../rows/row-details.ts";
import { RowLooks } from "../../rows/row-looks.ts";
import { RowPictures } from "../../rows/row-pictures.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { readTokens } from "../../theme/tokens.ts";
import { viewStatus } from "../../work/view-status.ts";
import type { Crop } from "../figure/scatter-figure.ts";
import { createPlot } from "../plot/create-plot.ts";
import type { PlotOptions } from "../plot/plot-options.ts";
import type { Change, ScatterSession } from "../session.ts";
import { SpacePane } from "../space/space-pane.ts";
import { mapFiles } from "./map-files.ts";
import { mapStatus } from "./map-status.ts";
import { mapLabel, mapSubtitle } from "./map-words.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

const NOWHERE = { x: 0, y: 0, radius: 0 };

/**
 * Show a session in `root`: the frame, the map, and what surrounds it, until `signal` aborts.
 *
 * @param drawing How the plot draws, where that is not as it is by default.
 */
export function mountView(
  session: ScatterSession,
  root: HTMLElement,
  signal: AbortSignal,
  drawing: Pick<PlotOptions, "renderer" | "fewestDrawnThere"> = {},
): void {
  const { rows, data } = session;
  const shell = frame(
    root,
    { title: session.props.title ?? "UMAP", onFullScreen: (active) => showFullScreen(active) },
    signal,
  );
  const scheme = watchColorScheme(shell.root, session.props.theme, () => repaint(), signal);
  const status = viewStatus(mapStatus(session), shell, signal);

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
  let settled: Float32Array<ArrayBuffer> | null = null;
  /** The hovered row is this view's own doing: only then has it a tooltip here, and ends with the view. */
  let isOwnHover = false;

  const plot = createPlot(shell.body, {
    ...drawing,
    signal,
    buildIndex: (positions) => pageClient().call("indexPoints", { positions }),
    onHover: hoverOwn,
    onSelect: (mask, mode) => looks.select(mask, mode),
    onCurrent: (row) => rows.look(row),
    onUndo: () => rows.undo(),
    onRedo: () => rows.redo(),
    onEscape: () => shell.escape.press(),
    onFind: () => dialogs.openSearch(),
    onHelp: () => dialogs.openHelp(),
    otherKeys: () => space.keys,
    onNotice: (text) => status.answer(text),
  });
  if (session.props.coords) plot.setAxisNames(["x", "y"]);
  const space = new SpacePane(session, shell.body, { onHover: hoverOwn, onClick: choose }, signal);
  const crop: Crop = {
    get view() {
      return plot.view.width > 0 ? plot.view : null;
    },
    get diameter() {
      return plot.diameter;
    },
    get promoted() {
      return looks.promoted;
    },
    picture: (...asked) => space.picture(...asked),
  };
  const files = mapFiles(session, { root: shell.root, crop, answer: (text) => status.answer(text) }, signal);
  const details = rowDetails(
    shell.body,
    {
      facts: () => looks.facts,
      hovered: new RowPictures(() => session.props.images, signal),
      current: new RowPictures(() => session.props.images, signal),
      ink: () => {
        const { edge, text } = readTokens(shell.root);
        return { bars: edge, tick: text };
      },
    },
    signal,
  );
  shell.side.append(looks.legend, details.card);
  const dialogs = viewDialogs(
    session,
    shell,
    {
      facts: () => looks.facts,
      onPreview: hoverOwn,
      onChoose: (row) => choose(row, "replace"),
      onSettings: (open) => tools.showSettings(open),
    },
    signal,
  );
  const tools = viewTools(
    {
      canCompute: session.props.points !== null,
      setTool,
      find: () => dialogs.openSearch(),
      toggleSettings: () => dialogs.toggleSettings(),
      toggleDimensions: () => session.toggleDimensions(),
      fit: () => (space.keys ?? plot).fit(),
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
    layout: showLayout,
    space: showSpace,
    coloring: () => {
      looks.recolor();
      repaint();
      dialogs.followQuality();
    },
    status: () => status.showWork(),
    options: showOptions,
    details: learn,
    quality: () => dialogs.followQuality(),
  };
  session.listen((change) => follow[change](), signal);
  rows.listen("selection", showSelection, signal);
  rows.listen("hover", showHover, signal);
  rows.listen("current", showCurrent, signal);
  signal.addEventListener("abort", end, { once: true });
  showOptions();
  repaint();
  showLayout();
  showSelection();
  showCurrent();

  function repaint(): void {
    looks.repaint();
    plot.themeChanged();
    plot.setColors(looks.paint);
    plot.setClassNames(data.coloring?.kind === "categories" ? data.coloring : null);
    space.draw(looks.paint, looks.preview);
    details.look(rows.current);
    looks.showLegend();
    status.showWork();
    describe();
  }

  /** Names, values or colours are other ones: what is told of rows follows. */
  function learn(): void {
    looks.learn();
    details.look(rows.current);
  }

  function showLayout(): void {
    const { layout } = session;
    if (layout?.dims === 2) {
      // A new run is turned onto the picture before it, so that clusters stay where the eye left them.
      if (layout.settling && settled) {
        const isOfSameRows = settled.length === layout.positions.length || session.props.placed !== null;
        plot.alignTo(isOfSameRows ? settled : null);
        settled = null;
      } else if (!layout.settling) settled = layout.positions;
      plot.setPositions(layout.positions, { settling: layout.settling, line: layout.line });
      plot.setNeighbors(session.neighbors);
    }
    dialogs.followQuality();
    showSpace();
    status.showWork();
    showSubtitle();
  }

  function showSpace(): void {
    const { layout, isInSpace, props, unit } = session;
    const dims = layout ? (isInSpace ? 3 : 2) : props.nComponents;
    const canTurn = props.points !== null || (unit.shown !== null && layout?.dims === 2);
    shell.body.classList.toggle("ls-in-space", isInSpace);
    tools.showDimensions(dims, canTurn);
    space.draw(looks.paint, looks.preview);
    describe();
  }

  function showMask(how = { fades: false }): void {
    plot.setMask(looks.mask, how);
    space.draw(looks.paint, looks.preview);
  }

  function showSelection(): void {
    showMask({ fades: true });
    looks.showLegend();
    status.showSelection();
    describe();
  }

  function showHover(): void {
    const row = rows.hovered;
    plot.setHovered(row);
    if (!isOwnHover) {
      details.hover(-1, NOWHERE);
      return;
    }
    const mark = session.isInSpace ? space.pointer : plot.markOf(row);
    details.hover(mark ? row : -1, mark ?? NOWHERE);
    // Reached by keys: a reader who can't see the ring hears which row it is.
    if (row >= 0 && !shell.body.matches(":hover"))
      shell.live.announce([looks.facts.name(row), looks.facts.classOf(row)?.name].filter(Boolean).join(", "));
  }

  function hoverOwn(row: number): void {
    isOwnHover = true;
    rows.hover(row);
    isOwnHover = row >= 0;
  }

  function showCurrent(): void {
    plot.setCurrent(rows.current);
    details.look(rows.current);
  }

  function showOptions(): void {
    shell.setTitle(session.props.title ?? "UMAP");
    scheme.setTheme(session.props.theme);
    dialogs.followOptions();
    showSubtitle();
  }

  function showSubtitle(): void {
    shell.setSubtitle(mapSubtitle(session));
  }

  function describe(): void {
    shell.setLabel(mapLabel(session));
  }

  function showFullScreen(active: boolean): void {
    tools.showFullScreen(active);
    plot.setFullScreen(active);
  }

  function setTool(tool: PlaneTool): void {
    plot.setTool(tool);
    tools.showTool(tool);
  }

  /** Select a row, make it the current one, and bring it into view where the view can be moved. */
  function choose(row: number, mode: SelectionMode): void {
    if (session.layout && !session.isInSpace && mode === "replace") plot.choose(row);
    else {
      looks.select(maskOf([row], session.count), mode);
      rows.look(row);
    }
  }

  function end(): void {
    if (isOwnHover) rows.hover(-1);
  }
}
