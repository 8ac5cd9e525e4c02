import { version } from "../../version.ts";
import { installStyles } from "../theme/install-styles.ts";
import { buildElement, setDataText } from "./build-element.ts";
import { EscapeOrder } from "./escape-order.ts";
import { type FullScreen, fullScreen } from "./full-screen.ts";
import { listenKeys } from "./listen-keys.ts";
import { type LiveRegion, liveRegion } from "./live-region.ts";
import { resizeHandle } from "./resize-handle.ts";
import { chromeStyles } from "./styles.ts";

export interface FrameOptions {
  readonly title: string;
  /** What is shown and how much of it: "1,797 rows × 64". */
  readonly subtitle?: string;
  /** Told when the reader enters or leaves full screen. */
  readonly onFullScreen?: (active: boolean) => void;
}

/** The parts of a widget that are the same in all of them; each widget fills `body` and `side`. */
export interface Frame {
  /** `.layerscope`, the element that all styles and keys are bound to. */
  readonly root: HTMLElement;
  /** Where the drawing goes; focusable, 0 px wide while hidden: draw from its first ResizeObserver entry on. */
  readonly body: HTMLElement;
  /** The right column, below the body when narrow: legends and the current row's card. */
  readonly side: HTMLElement;
  readonly live: LiveRegion;
  readonly escape: EscapeOrder;
  readonly fullScreen: FullScreen;
  setTitle(title: string): void;
  setSubtitle(subtitle: string): void;
  /** One sentence that says what is drawn. */
  setLabel(label: string): void;
  setToolbar(toolbar: HTMLElement): void;
  setStatus(status: HTMLElement): void;
  /** Whether the widget is being computed: `aria-busy`, nothing moves. */
  setBusy(busy: boolean): void;
  /** Show a panel (settings) in the side column instead of the legend; null brings the legend back. */
  setPanel(panel: HTMLElement | null): void;
  /** Cover the body with a dialog (help, table); null takes it away and gives the focus back. */
  setDialog(dialog: HTMLElement | null): void;
}

/** Build the frame of a widget inside `host`; it is removed when `signal` aborts. */
export function frame(host: HTMLElement, options: FrameOptions, signal: AbortSignal): Frame {
  const title = buildElement("h2", { class: "ls-title" });
  const subtitle = buildElement("p", { class: "ls-subtitle" });
  const tools = buildElement("div", { class: "ls-tools" });
  const body = buildElement("div", { class: "ls-body", attributes: { tabindex: "0", role: "application" } });
  const plot = buildElement("div", { class: "ls-plot", children: [body] });
  const side = buildElement("div", { class: "ls-side-content" });
  const column = buildElement("div", { class: "ls-side", children: [side] });
  const status = buildElement("div", { class: "ls-status-slot" });
  const live = liveRegion();
  const root = buildElement("section", {
    class: "layerscope",
    // JupyterLab's single-letter shortcuts ("b" inserts a cell) stay away while the focus is inside.
    attributes: { "data-lm-suppress-shortcuts": "true" },
  });
  const escapeOrder = new EscapeOrder();
  const filled = fullScreen(root, (active) => options.onFullScreen?.(active), signal);
  const handle = resizeHandle(root, body, signal);
  root.append(
    buildElement("div", {
      class: "ls-frame",
      children: [
        buildElement("header", {
          class: "ls-header",
          children: [buildElement("div", { class: "ls-headline", children: [title, subtitle] }), tools],
        }),
        buildElement("div", { class: "ls-main", children: [plot, column] }),
        status,
        handle,
        live.element,
      ],
    }),
  );

  let dialogShown: HTMLElement | null = null;
  let focusedBefore: Element | null = null;
  const setDialog = (dialog: HTMLElement | null): void => {
    if (!dialogShown) focusedBefore = (root.getRootNode() as Document | ShadowRoot).activeElement;
    const closed = dialogShown !== null && dialog === null;
    dialogShown?.remove();
    dialogShown = dialog;
    // Before the focus moves: what is covered is hidden, and what is hidden takes no focus.
    plot.classList.toggle("ls-covered", dialog !== null);
    if (dialog) {
      plot.append(dialog);
      dialog.focus();
    } else if (closed && focusedBefore instanceof HTMLElement) focusedBefore.focus();
  };
  let panelShown: HTMLElement | null = null;
  const setPanel = (panel: HTMLElement | null): void => {
    panelShown?.remove();
    panelShown = panel;
    column.classList.toggle("ls-has-panel", panel !== null);
    if (panel) column.append(panel);
  };

  const closeDialog = (): boolean => {
    if (!dialogShown) return false;
    setDialog(null);
    return true;
  };
  const leaveFullScreen = (): boolean => {
    if (!filled.active) return false;
    void filled.toggle();
    return true;
  };
  escapeOrder.on("panel", closeDialog, signal);
  escapeOrder.on("leave", leaveFullScreen, signal);
  listenKeys(root, (event) => event.key === "Escape" && escapeOrder.press(), signal);
  // A press beside the parts leaves the focus on the page, and full screen holds Esc for us alone.
  const leaveFromOutside = (event: KeyboardEvent): void => {
    if (filled.active && event.key === "Escape" && !event.composedPath().includes(root)) escapeOrder.press();
  };
  document.addEventListener("keydown", leaveFromOutside, { signal });
  // JupyterLab would extend its selection of cells.
  root.addEventListener("mousedown", (event) => event.shiftKey && event.stopPropagation(), { signal });

  const setTitle = (text: string): void => {
    setDataText(title, text);
    root.setAttribute("aria-label", text);
  };
  const setSubtitle = (text: string): void => setDataText(subtitle, text);
  setTitle(options.title);
  setSubtitle(options.subtitle ?? "");
  host.append(root);
  installStyles(root, `layerscope ${version}`, chromeStyles);
  signal.addEventListener("abort", () => root.remove(), { once: true });

  return {
    root,
    body,
    side,
    live,
    escape: escapeOrder,
    fullScreen: filled,
    setTitle,
    setSubtitle,
    setLabel: (label) => body.setAttribute("aria-label", label),
    setToolbar: (toolbar) => tools.replaceChildren(toolbar),
    setStatus: (line) => status.replaceChildren(line),
    setBusy: (busy) => body.setAttribute("aria-busy", String(busy)),
    setPanel,
    setDialog,
  };
}
