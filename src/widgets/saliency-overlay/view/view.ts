import { ComputeError } from "../../../compute/errors.ts";
import { frame } from "../../chrome/frame.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import { tooltip } from "../../chrome/tooltip.ts";
import { watchColorScheme } from "../../theme/color-scheme.ts";
import { installStyles } from "../../theme/install-styles.ts";
import { readTokens } from "../../theme/tokens.ts";
import { answerStatus } from "../../work/answer-status.ts";
import { viewStatus } from "../../work/view-status.ts";
import type { MapPlace } from "../data/shown-saliency.ts";
import { panelScene } from "../plot/panel-scene.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { Change, SaliencyOverlaySession } from "../session.ts";
import { classSide } from "./class-side.ts";
import { crosshair } from "./crosshair.ts";
import { newPictures } from "./new-pictures.ts";
import { overlayFiles } from "./overlay-files.ts";
import { overlayLegend } from "./overlay-legend.ts";
import { overlayStyles } from "./overlay-styles.ts";
import { overlayLabel, overlaySubtitle, panelWords } from "./overlay-words.ts";
import { panelGrid } from "./panel-grid.ts";
import { viewDialogs } from "./view-dialogs.ts";
import { viewTools } from "./view-tools.ts";

const TITLE = "Saliency";
const STATUS = { code: "saliencyOverlay({model, images})", ready: "The saliency maps are drawn." };
/** Of a panel, where nothing else says how high the widget is; CSS px. */
const MOST_HEIGHT = 480;
/** A panel's name, the gap below the panels, and the room for a ring around them. */
const AROUND = 36;

/** Show a session in `root`: the frame, the panels, the classes and the eraser, until `signal` aborts. */
export function mountView(session: SaliencyOverlaySession, root: HTMLElement, signal: AbortSignal): void {
  const shell = frame(
    root,
    { title: session.props.title ?? TITLE, onFullScreen: (active) => tools.showFullScreen(active) },
    signal,
  );
  shell.root.classList.add("ls-saliency");
  // The panels in it are what keys steer.
  shell.body.removeAttribute("tabindex");
  shell.body.setAttribute("role", "group");
  installStyles(shell.root, "saliency-overlay", overlayStyles);
  const scheme = watchColorScheme(shell.root, session.props.theme, () => showTokens(), signal);
  const status = viewStatus(answerStatus(session, STATUS), shell, signal);
  let tokens = readTokens(shell.root);
  /** Which map is spoken of: its classes, its eraser, its completeness. */
  let current: MapPlace = { picture: 0, column: 0 };
  /** What a slider that is being dragged would give. */
  let tried: Partial<SaliencyOverlayProps> | null = null;

  const legend = overlayLegend();
  const grid = panelGrid(
    {
      frame: shell.body,
      words: (panel, isWrapped) =>
        session.shown
          ? panelWords(session.shown, panel, isWrapped, session.props.arrangement === "side")
          : { name: "", label: "" },
      mostHeight,
      onPoint: (point) => cross.point(point),
      onPick: ({ picture, column }) => goTo({ picture, column: column ?? current.column }),
    },
    signal,
  );
  const tip = tooltip(shell.body, () => ({ bars: tokens.edge, tick: tokens.text }), signal);
  const cross = crosshair(
    session,
    {
      grid,
      tip,
      frame: shell.body.parentElement ?? shell.body,
      current: () => current,
      announce: (sentence) => shell.live.announce(sentence),
    },
    signal,
  );
  const dialogs = viewDialogs(
    session,
    shell,
    {
      onSettings: (open) => tools.showSettings(open),
      onTry(changed) {
        tried = changed;
        draw();
      },
    },
    signal,
  );
  const side = classSide(
    session,
    {
      onMore: (classes) => dialogs.openClasses(classes),
      onErase: draw,
      judge,
      announce: (sentence) => shell.live.announce(sentence),
    },
    signal,
  );
  const answer = (text: string): void => status.answer(text);
  const files = overlayFiles(session, shell.root, answer);
  const given = newPictures(session, shell, answer, signal);
  shell.body.append(grid.element, legend.element, given.element);
  shell.side.append(...side.elements);
  const tools = viewTools(
    {
      toggleSettings: () => dialogs.toggleSettings(),
      arrangement: () => session.props.arrangement,
      arrange: (arrangement) => session.choose({ arrangement }),
      pictureItems: given.items,
      toggleFullScreen: () => void shell.fullScreen.toggle(),
      save: (format) => void files.save(format),
      saveNumbers: () => void files.save("npy"),
      copyCaption: () => void files.copyCaption(),
      help: () => dialogs.openHelp(),
    },
    signal,
  );
  shell.setToolbar(tools.element);
  shell.escape.on("clear", () => cross.hide(), signal);
  listenKeys(grid.element, pressKey, signal);

  const follow: Record<Change, () => void> = {
    maps: showMaps,
    pictures: showMaps,
    options: showOptions,
    status: () => status.showWork(),
    faithfulness() {
      side.show(current);
      draw();
    },
  };
  session.listen((change) => follow[change](), signal);
  showOptions();

  function showMaps(): void {
    const { shown, props } = session;
    current = within(current);
    side.show(current);
    shell.root.classList.toggle("ls-without-side", side.isEmpty);
    shell.setSubtitle(overlaySubtitle(shown, props));
    const label = overlayLabel(shown, props);
    shell.setLabel(label);
    grid.setLabel(label);
    tools.showMaps({ maps: shown !== null, model: props.model !== null });
    draw();
    cross.follow();
    status.showWork();
  }

  function draw(): void {
    const { shown } = session;
    const props = { ...session.props, ...tried };
    grid.element.hidden = shown === null;
    grid.show(shown ? panelScene(shown, props, side.erased) : []);
    const count = (shown?.pictures.length ?? 0) * (shown?.columns.length ?? 0);
    grid.setCurrent(count > 1 ? current : null);
    legend.show(shown, props, shown?.pictures[current.picture]?.maps[current.column] ?? null);
  }

  function showOptions(): void {
    const { title, theme } = session.props;
    shell.setTitle(title ?? TITLE);
    scheme.setTheme(theme);
    dialogs.followOptions();
    showMaps();
  }

  function showTokens(): void {
    tokens = readTokens(shell.root);
  }

  /** Speak of another map. */
  function goTo(place: MapPlace): void {
    if (place.picture === current.picture && place.column === current.column) return;
    side.restore();
    current = within(place);
    side.show(current);
    draw();
  }

  async function judge(place: MapPlace): Promise<void> {
    try {
      await session.judge(place);
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (error.kind !== "cancelled") answer(error.message);
    }
  }

  function pressKey(event: KeyboardEvent): boolean {
    if (!isPlain(event)) return false;
    const { key } = event;
    if (key === "?") dialogs.openHelp();
    else if (key === "PageUp") stepPicture(-1);
    else if (key === "PageDown") stepPicture(1);
    else if (key === "Enter") nextMap();
    else return false;
    return true;
  }

  function stepPicture(by: -1 | 1): void {
    const next = session.beside(by);
    if (!next) answer(by > 0 ? "This is the last picture." : "This is the first picture.");
    else {
      shell.live.announce(next.name);
      session.step(by);
    }
  }

  function nextMap(): void {
    const { shown } = session;
    if (!shown) return;
    const across = shown.columns.length;
    const at = (current.picture * across + current.column + 1) % (across * shown.pictures.length);
    goTo({ picture: Math.floor(at / across), column: at % across });
    const picture = shown.pictures[current.picture];
    shell.live.announce([picture?.name, shown.columns[current.column]?.name].filter(Boolean).join(", "));
  }

  /** A map that there is. */
  function within({ picture, column }: MapPlace): MapPlace {
    const { shown } = session;
    const last = (count: number | undefined) => Math.max(0, (count ?? 0) - 1);
    return {
      picture: Math.min(picture, last(shown?.pictures.length)),
      column: Math.min(column, last(shown?.columns.length)),
    };
  }

  function mostHeight(): number {
    const isHigh = shell.root.style.getPropertyValue("--ls-height") !== "" || shell.fullScreen.active;
    return isHigh ? Math.max(96, shell.body.clientHeight - legend.element.offsetHeight - AROUND) : MOST_HEIGHT;
  }
}
