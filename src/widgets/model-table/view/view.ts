import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { filePicker } from "../../chrome/file-picker.ts";
import { frame } from "../../chrome/frame.ts";
import { LINE_HEIGHT } from "../../chrome/line-window.ts";
import { listenDrops } from "../../chrome/listen-drops.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { viewStatus } from "../../work/view-status.ts";
import { classWords } from "../data/class-names.ts";
import type { Change, ModelTableSession } from "../session.ts";
import { dropZone } from "./drop-zone.ts";
import { layerFiles } from "./layer-files.ts";
import { layerLine } from "./layer-line.ts";
import { layerTable } from "./layer-table.ts";
import { modelStatus } from "./model-status.ts";
import styles from "./model-table.css";
import { modelLabel, modelSubtitle } from "./model-words.ts";
import { sortItems } from "./sort-items.ts";
import { showTotals } from "./totals-lines.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

const TITLE = "Model";

/** Show a session in `root`: the frame, the layers with their totals, or the place to drop a model, until `signal` aborts. */
export function mountView(session: ModelTableSession, root: HTMLElement, signal: AbortSignal): void {
  const shell = frame(
    root,
    { title: session.props.title ?? TITLE, onFullScreen: (active) => tools.showFullScreen(active) },
    signal,
  );
  shell.root.classList.add("ls-model-table");
  // Nothing is drawn in it that keys would steer: the table in it has its own.
  shell.body.removeAttribute("tabindex");
  shell.body.setAttribute("role", "group");
  installStyles(shell.root, "model-table", styles);
  const scheme = watchColorScheme(shell.root, session.props.theme, () => undefined, signal);
  const status = viewStatus(modelStatus(session), shell, signal);

  const table = layerTable(
    {
      onLayer: (layer) => line.show(layer),
      onCopy: copyName,
      onOrder(order) {
        session.order = order;
      },
      onHelp: () => dialogs.openHelp(),
    },
    signal,
  );
  const line = layerLine(
    { onCopy: copyName, aside: (layer) => classWords(layer, session.shown, session.classes) },
    signal,
  );
  const totals = buildElement("p", { class: "ls-model-totals" });
  // Of any name: weights beside an ONNX file are called as whoever wrote it pleased.
  const picker = filePicker({ name: "Files of a model" }, (files) => session.take(files), signal);
  const zone = dropZone(() => picker.open(), signal);
  shell.body.append(table.element, line.element, totals, zone.element, picker.element);
  listenDrops(
    shell.root,
    {
      onFiles: (files) => session.take(files),
      onOver: (isOver) => shell.root.classList.toggle("ls-drop-over", isOver),
    },
    signal,
  );

  const dialogs = viewDialogs(
    session,
    shell,
    { onSettings: (open) => tools.showSettings(open), onRefused: (why) => status.answer(why) },
    signal,
  );
  const files = layerFiles(session, shell.root, (text) => status.answer(text));
  const tools = viewTools(
    {
      find: () => table.find(),
      toggleSettings: () => dialogs.toggleSettings(),
      sortItems: () => sortItems(session.shown?.layers ?? [], table.order, (order) => table.sortBy(order)),
      chooseFiles: () => picker.open(),
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      save: (format) => void files.save(format),
      saveText: () => void files.save("txt"),
      copyCaption: () => void files.copyCaption(),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  /** The keyboard was in the zone when it went. */
  let isZoneLeft = false;

  const follow: Record<Change, () => void> = {
    model: showModel,
    preprocessing: () => dialogs.followSettings(),
    options: showOptions,
    status: showStatus,
  };
  session.listen((change) => follow[change](), signal);
  showModel();

  function showModel(): void {
    const { shown } = session;
    const layers = shown?.layers ?? [];
    // As high as its lines, up to what a widget takes: nothing jumps while they are searched.
    shell.root.style.setProperty("--ls-lines", `${(layers.length + 1) * LINE_HEIGHT}px`);
    table.show(layers);
    showTotals(totals, layers);
    shell.setSubtitle(shown ? modelSubtitle(shown) : "");
    shell.setLabel(modelLabel(shown));
    tools.showModel(shown !== null, session.preprocessing !== null);
    dialogs.followModel();
    showOptions();
  }

  function showOptions(): void {
    const { title, theme } = session.props;
    shell.setTitle(title ?? TITLE);
    scheme.setTheme(theme);
    showStatus();
  }

  function showStatus(): void {
    const isOpen = session.shown !== null;
    for (const part of [table.element, line.element, totals]) part.hidden = !isOpen;
    // What is hidden loses the keyboard, which goes on with what takes its place.
    const { activeElement } = shell.root.getRootNode() as Document | ShadowRoot;
    const isElsewhere = activeElement !== null && activeElement !== shell.root.ownerDocument.body;
    isZoneLeft = zone.element.contains(activeElement) || (isZoneLeft && !isElsewhere);
    zone.show(session.asked);
    if (isZoneLeft && (isOpen || session.asked)) {
      isZoneLeft = false;
      if (isOpen) table.focus();
      else zone.focus();
    }
    status.showWork();
  }

  function copyName({ name }: ModelLayer): void {
    void files.copyName(name);
  }
}
