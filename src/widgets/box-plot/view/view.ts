import { frame } from "../../chrome/frame.ts";
import { tooltip } from "../../chrome/tooltip.ts";
import { paintOf } from "../../rows/paint.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { readTokens } from "../../theme/tokens.ts";
import { viewStatus } from "../../work/view-status.ts";
import { bestFirst, type UnitOrder } from "../data/order-units.ts";
import { unitName } from "../data/unit-name.ts";
import { createBoxChart } from "../plot/create-box-chart.ts";
import { textMeasure } from "../plot/layout/measure-text.ts";
import { type BoxPlace, SELECTION } from "../plot/plot-options.ts";
import type { BoxPlotSession, Change } from "../session.ts";
import { boxFiles } from "./box-files.ts";
import { boxTooltip } from "./box-hover.ts";
import styles from "./box-plot.css";
import { boxScene } from "./box-scene.ts";
import { boxStatus } from "./box-status.ts";
import { boxLabel, boxSubtitle } from "./box-words.ts";
import { groupChoice } from "./group-choice.ts";
import { holdsPanels } from "./holds-panels.ts";
import { sentenceLine } from "./sentence-line.ts";
import { showPermuting } from "./show-permuting.ts";
import { unitCard } from "./unit-card.ts";
import { unitList } from "./unit-list.ts";
import { unitSaid } from "./unit-said.ts";
import { unitTable } from "./unit-table.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

/** Show a session in `root`: the frame, the table of units, their panels and what is said of them, until `signal` aborts. */
export function mountView(session: BoxPlotSession, root: HTMLElement, signal: AbortSignal): void {
  const { rows } = session;
  const shell = frame(
    root,
    { title: session.props.title ?? "Units", onFullScreen: (active) => tools.showFullScreen(active) },
    signal,
  );
  shell.root.classList.add("ls-box-plot");
  installStyles(shell.root, "box-plot", styles);
  const scheme = watchColorScheme(shell.root, session.props.theme, () => repaint(), signal);
  const status = viewStatus(boxStatus(session), shell, signal);
  let order: UnitOrder = bestFirst;
  let query = "";
  let colors: readonly string[] = [];
  let place: BoxPlace | null = null;
  let point = -1;
  let measure = textMeasure(shell.root);

  const chart = createBoxChart(shell.body, {
    signal,
    onHover(next) {
      place = next;
      showHover();
    },
    onRow(row) {
      point = row;
      if (session.drawn.boxesOf === "tiles") rows.hover(row);
      showHover();
    },
    onSelect: (group, mode) => group !== SELECTION && session.selectGroup(group, mode),
    onUnit: toggleUnit,
    onCurrent: (row) => session.drawn.boxesOf === "tiles" && rows.look(row),
    onUndo: () => rows.undo(),
    onRedo: () => rows.redo(),
    onEscape: () => shell.escape.press(),
    onFind: () => table.find(),
    onHelp: () => dialogs.openHelp(),
    onNotice: (text) => status.answer(text),
  });
  const tip = tooltip(
    shell.body,
    () => {
      const { edge, text } = readTokens(shell.root);
      return { bars: edge, tick: text };
    },
    signal,
  );
  const table = unitTable(
    {
      onUnit: toggleUnit,
      onPin: (unit) => session.togglePin(unit),
      onOrder(next) {
        order = next;
        showList();
      },
      onQuery(text) {
        query = text;
        showList();
      },
      onHelp: () => dialogs.openHelp(),
    },
    signal,
  );
  const ranked = () => (session.ranksSelection ? "selection" : "classes");
  const choice = groupChoice(
    { onChoose: (groups) => session.rankFor(groups), onBest: () => session.rankFor(ranked()) },
    signal,
  );
  const sentence = sentenceLine(
    shell.root,
    (copied) => status.answer(copied ? "Sentence copied." : "The browser did not let the sentence be copied."),
    signal,
  );
  const plot = shell.body.parentElement;
  plot?.before(table.element);
  plot?.after(sentence.element);

  const dialogs = viewDialogs(
    session,
    shell,
    {
      onSettings: (open) => tools.showSettings(open),
      onUnit(unit) {
        shell.setDialog(null);
        void session.current.show(unit);
      },
    },
    signal,
  );
  const files = boxFiles(session, shell.root, (text) => status.answer(text));
  const tools = viewTools(
    {
      find: () => table.find(),
      toggleSettings: () => dialogs.toggleSettings(),
      setShape: (shape) => session.choose({ shape }),
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      save: (format) => void files.save(format),
      copyCaption: () => void files.copyCaption(),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("clear", clear, signal);

  const follow: Record<Change, () => void> = {
    data: repaint,
    ranking: showRanking,
    permuted: showCard,
    permuting: () => showPermuting(session, status),
    boxes: showBoxes,
    unit: showUnit,
    status: () => status.showWork(),
    options: showOptions,
  };
  session.listen((change) => follow[change](), signal);
  rows.listen("selection", showSelection, signal);
  rows.listen("hover", () => chart.setHovered(session.drawn.boxesOf === "tiles" ? rows.hovered : -1), signal);
  showOptions();
  repaint();
  showSelection();

  function repaint(): void {
    const { read } = session;
    colors = read ? paintOf(read.classes, { scheme: scheme.scheme, promoted: [] }).classColors : [];
    chart.themeChanged();
    // The fonts may be others as well.
    measure = textMeasure(shell.root);
    showRanking();
    status.showWork();
  }

  function showRanking(): void {
    const hasChoice = session.rankings.selection !== null;
    table.showGroups(hasChoice ? choice.element : null);
    showChoice();
    showList();
    showBoxes();
    showSaid();
  }

  function showChoice(): void {
    choice.show(ranked(), holdsPanels(session));
  }

  function showList(): void {
    table.show(unitList(session, order, query));
  }

  function showBoxes(): void {
    chart.draw(boxScene(session, colors));
    chart.setCurrentUnit(session.current.unit);
    showHover();
    showCard();
    describe();
    status.showWork();
  }

  function showUnit(): void {
    chart.setCurrentUnit(session.current.unit);
    showChoice();
    showList();
    showSaid();
    showCard();
  }

  function showSaid(): void {
    sentence.show(unitSaid(session));
  }

  function showCard(): void {
    const { active, read, rankings, panels, told: unit } = session;
    const tables = active?.classes ? rankings.classes : rankings.selection;
    if (!read || !tables || unit < 0) {
      shell.side.replaceChildren();
      return;
    }
    const boxes = panels.boxes.find((panel) => panel.unit === unit) ?? null;
    const { warning } = unitSaid(session);
    const permuting = rankings.permuting[active?.classes ? "classes" : "selection"];
    const name = unitName(unit, read.unitNames);
    const facts = { unit, tables, permuting, boxes, warning, groups: read.classes.names, name, measure };
    shell.side.replaceChildren(unitCard(facts));
  }

  function showSelection(): void {
    status.showSelection();
    describe();
  }

  function showHover(): void {
    const content = place && boxTooltip(session, place, colors, point);
    if (place && content) tip.show(place, content);
    else tip.hide();
  }

  /** A unit that is current already is so no longer. */
  function toggleUnit(unit: number): void {
    void session.current.show(unit === session.current.unit ? -1 : unit);
    shell.live.announce(session.sentence);
  }

  function clear(): boolean {
    if (!rows.own) return false;
    rows.select(null);
    return true;
  }

  function showOptions(): void {
    const { title, theme, shape } = session.props;
    shell.setTitle(title ?? "Units");
    scheme.setTheme(theme);
    tools.showShape(shape);
    dialogs.followOptions();
    shell.setSubtitle(boxSubtitle(session));
    showBoxes();
  }

  function describe(): void {
    shell.setSubtitle(boxSubtitle(session));
    shell.setLabel(boxLabel(session));
  }
}
