import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows, invertMask, type RowMask } from "../../compute/selection/row-mask.ts";
import { copyText } from "../chrome/copy-text.ts";
import { emptyCard, errorCard, errorSentence } from "../chrome/error-card.ts";
import { frame } from "../chrome/frame.ts";
import { progressBar } from "../chrome/progress-bar.ts";
import { statusLine } from "../chrome/status-line.ts";
import { combineSelection } from "../link/combine-selection.ts";
import { watchColorScheme } from "../theme/color-scheme.ts";
import { formatCount } from "../theme/numbers.ts";
import { classColors } from "../theme/palette.ts";
import { readTokens } from "../theme/tokens.ts";
import type { Coloring } from "./coloring.ts";
import { acceptFigureOptions, type FileFormat } from "./figure-options.ts";
import { legendPanel } from "./legend-panel.ts";
import { type Paint, paintOf } from "./paint.ts";
import { createPlot } from "./plot/create-plot.ts";
import type { PlotTool } from "./plot/input/gesture-target.ts";
import { rowDetails } from "./row-details.ts";
import { type RowFacts, rowFacts } from "./row-facts.ts";
import { RowPictures } from "./row-pictures.ts";
import { saveMap } from "./save-map.ts";
import type { Crop } from "./scatter-figure.ts";
import type { Change, ScatterSession } from "./session.ts";
import { SpacePane } from "./space-pane.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

/** Show a session in `root`: the frame, the map, and what surrounds it, until `signal` aborts. */
export function mountView(session: ScatterSession, root: HTMLElement, signal: AbortSignal): void {
  const { rows } = session;
  const shell = frame(
    root,
    { title: session.props.title ?? "UMAP", onFullScreen: (active) => showFullScreen(active) },
    signal,
  );
  const scheme = watchColorScheme(shell.root, session.props.theme, () => repaint(), signal);
  const status = statusLine();
  const progress = progressBar(signal);
  shell.setStatus(status.element);
  shell.body.parentElement?.append(progress.element);

  let promoted: readonly number[] = [];
  let preview: RowMask | null = null;
  let paint: Paint = choosePaint();
  let facts: RowFacts = rowFacts(session.details, session.coloring, paint);
  let card: HTMLElement | null = null;
  let announcedBusy = false;
  let settled: Float32Array<ArrayBuffer> | null = null;

  const plot = createPlot(shell.body, {
    signal,
    buildIndex: (positions) => pageClient().call("indexPoints", { positions }),
    onHover: (row) => rows.hover(row),
    onSelect: (mask, mode) => rows.select(combineSelection(rows.selected, mask, mode)),
    onCurrent: (row) => rows.look(row),
    onUndo: () => rows.undo(),
    onEscape: () => shell.escape.press(),
    onFind: () => dialogs.openSearch(),
    onHelp: () => dialogs.openHelp(),
    onNotice: (text) => notify(text),
  });
  if (session.props.coords) plot.setAxisNames(["x", "y"]);
  const crop: Crop = {
    get view() {
      return plot.view.width > 0 ? plot.view : null;
    },
    get diameter() {
      return plot.diameter;
    },
    get promoted() {
      return promoted;
    },
    picture: (width, height) => space.picture(width, height),
  };
  session.crop = crop;
  const space = new SpacePane(
    session,
    shell.body,
    { onHover: (row) => rows.hover(row), onClick: (row) => choose(row) },
    signal,
  );
  const images = session.props.images;
  const details = rowDetails(
    shell.body,
    {
      facts: () => facts,
      hovered: new RowPictures(images, signal),
      current: new RowPictures(images, signal),
      ink: () => {
        const { edge, text } = readTokens(shell.root);
        return { bars: edge, tick: text };
      },
    },
    signal,
  );
  const legend = legendPanel(
    {
      onPreview(mask) {
        preview = mask;
        showMask();
      },
      onSelect: (mask, mode) => rows.select(combineSelection(rows.selected, mask, mode)),
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
    () => facts,
    (open) => tools.showSettings(open),
    signal,
  );
  const tools = viewTools(
    {
      canCompute: session.props.points !== null,
      setTool,
      find: () => dialogs.openSearch(),
      toggleSettings: () => dialogs.toggleSettings(),
      toggleDimensions: () => session.update({ nComponents: session.props.nComponents === 3 ? 2 : 3 }),
      fit: () => plot.fit(),
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      save: (format) => void save(format),
      copyCaption: () => void copyText(session.caption, shell.root).then(() => notify("Caption copied.")),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("clear", clearSelection, signal);

  const follow: Record<Change, () => void> = {
    layout: showLayout,
    coloring: repaint,
    status: showStatus,
    options: showOptions,
    details: () => {
      facts = rowFacts(session.details, session.coloring, paint);
    },
  };
  session.listen((change) => follow[change](), signal);
  rows.listen("selection", showSelection, signal);
  rows.listen("hover", showHover, signal);
  rows.listen("current", showCurrent, signal);
  showOptions();
  repaint();
  showLayout();
  showStatus();
  showSelection();

  function choosePaint(): Paint {
    return paintOf(session.coloring, { scheme: scheme.scheme, promoted, clip: null });
  }

  function repaint(): void {
    paint = choosePaint();
    facts = rowFacts(session.details, session.coloring, paint);
    plot.themeChanged();
    plot.setColors(paint);
    plot.setClassNames(session.coloring?.kind === "categories" ? session.coloring : null);
    space.draw(paint);
    showLegend();
    showStatus();
    describe();
  }

  function showLayout(): void {
    const { layout } = session;
    if (layout?.dims === 2) {
      // A new run is turned onto the picture before it, so that clusters stay where the eye left them.
      if (layout.settling && settled) {
        plot.alignTo(settled.length === layout.positions.length ? settled : null);
        settled = null;
      } else if (!layout.settling) settled = layout.positions;
      plot.setPositions(layout.positions, { settling: layout.settling });
      plot.setNeighbors(session.neighbors);
    }
    shell.body.classList.toggle("ls-in-space", layout?.dims === 3);
    tools.showDimensions(layout?.dims ?? session.props.nComponents);
    space.draw(paint);
    showSubtitle();
    describe();
  }

  function showMask(): void {
    plot.setMask(preview ?? rows.selected);
    space.draw(paint);
  }

  function showLegend(): void {
    legend.show({ title: "", coloring: session.coloring, paint, selected: rows.selected });
  }

  function showSelection(): void {
    showMask();
    showLegend();
    const { selected } = rows;
    const chosen = selected ? countRows(selected) : 0;
    const text = `${formatCount(chosen)} of ${formatCount(session.count)} selected`;
    const invert = (): void => {
      const rest = selected ? invertMask(selected, session.count) : null;
      rows.select(rest && countRows(rest) > 0 ? rest : null);
    };
    status.say(
      "selection",
      selected && {
        text,
        actions: [
          { name: "Invert", run: invert },
          { name: "Clear", run: () => rows.select(null) },
          { name: "Undo", run: () => rows.undo() },
        ],
      },
    );
    if (selected) shell.live.announce(text);
    describe();
  }

  function clearSelection(): boolean {
    if (!rows.selected) return false;
    rows.select(null);
    return true;
  }

  function showHover(): void {
    const row = rows.hovered;
    plot.setHovered(row);
    const mark = session.layout?.dims === 3 ? space.pointer : plot.markOf(row);
    // Only the widget under the pointer, or with the focus, tells about the row; linked ones ring it.
    const mine = shell.body.matches(":hover") || shell.root.matches(":focus-within");
    details.hover(mark && mine ? row : -1, mark ?? { x: 0, y: 0, radius: 0 });
  }

  function showCurrent(): void {
    plot.setCurrent(rows.current);
    details.look(rows.current);
  }

  function showStatus(): void {
    const { work, layout, backend } = session;
    const { error, hostNotice } = work;
    const actions = work.actions.map(({ label, run }) => ({ name: label, run }));
    const busy = work.share !== null;
    status.say("progress", busy ? { text: work.sentence, actions } : null);
    const sentence = [work.sentence, manyClasses(session.coloring)].filter(Boolean).join(" ");
    const notice = !busy && sentence ? { text: sentence, actions } : null;
    status.say("notice", hostNotice ? { text: hostNotice } : notice);
    status.setBackend(backend?.name ?? "", backend?.reason ?? "");
    if (busy) progress.show(work.share, work.sentence);
    else progress.hide();
    if (busy !== announcedBusy) shell.live.announce(error?.message ?? (work.sentence || "The map is ready."));
    announcedBusy = busy;
    shell.setBusy(busy);
    status.say("error", error && layout ? errorSentence(error, shell.root) : null);
    showCard(error && !layout ? errorCard(error) : null);
  }

  function showCard(next: HTMLElement | null): void {
    card?.remove();
    card = next;
    if (card) shell.body.parentElement?.append(card);
  }

  function showOptions(): void {
    shell.setTitle(session.props.title ?? "UMAP");
    scheme.setTheme(session.props.theme);
    tools.showDimensions(session.props.nComponents);
    showSubtitle();
  }

  function showSubtitle(): void {
    const columns = session.props.points?.shape[1];
    const size = columns === undefined ? "" : ` × ${formatCount(columns)}`;
    const origin = columns === undefined ? ", coordinates given" : `, seed ${session.props.seed}`;
    shell.setSubtitle(session.count > 0 ? `${formatCount(session.count)} rows${size}${origin}` : "");
    if (session.count === 0 && !session.layout)
      showCard(emptyCard("There are no rows to map.", "umapScatter({points, labels})"));
  }

  function describe(): void {
    const classes = session.coloring?.kind === "categories" ? ` in ${session.coloring.names.length} classes` : "";
    const chosen = rows.selected ? `, ${formatCount(countRows(rows.selected))} selected` : "";
    shell.setLabel(`UMAP of ${formatCount(session.count)} rows${classes}${chosen}`);
  }

  function showFullScreen(active: boolean): void {
    tools.showFullScreen(active);
    plot.setFullScreen(active);
  }

  function setTool(tool: PlotTool): void {
    plot.setTool(tool);
    tools.showTool(tool);
  }

  function choose(row: number): void {
    plot.choose(row);
  }

  function notify(text: string): void {
    status.say("notice", { text });
    shell.live.announce(text);
  }

  async function save(format: FileFormat): Promise<void> {
    try {
      session.crop = crop;
      const { name, type, bytes } = await saveMap(session, acceptFigureOptions({ format }), crop);
      session.host.download(name, new Blob([bytes], { type }));
      notify(`Saved ${name}`);
    } catch (thrown) {
      notify(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
}

/** More classes than colours: which of them have one. */
function manyClasses(coloring: Coloring | null): string {
  if (coloring?.kind !== "categories" || coloring.names.length <= classColors.length) return "";
  return `${formatCount(coloring.names.length)} classes: the 9 largest in colour. Click a name to colour it.`;
}
