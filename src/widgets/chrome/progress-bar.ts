import { buildElement } from "./build-element.ts";

const DELAY_MS = 150;

export interface ProgressBar {
  readonly element: HTMLElement;
  /** How far it is, 0 to 1, or null while the total is unknown; `words` is the sentence of the status line. */
  show(share: number | null, words: string): void;
  hide(): void;
}

/** A bar of 2 px at the top edge of the body; work of less than 150 ms never shows one. */
export function progressBar(signal: AbortSignal): ProgressBar {
  const fill = buildElement("div", { class: "ls-progress-fill" });
  const element = buildElement("div", {
    class: "ls-progress",
    attributes: { role: "progressbar", "aria-label": "Progress", "aria-valuemin": "0", "aria-valuemax": "100" },
    children: [fill],
  });
  element.hidden = true;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const stopWaiting = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  signal.addEventListener("abort", stopWaiting, { once: true });
  return {
    element,
    show(share, words) {
      if (element.hidden && waiting === undefined && !signal.aborted)
        waiting = setTimeout(() => {
          element.hidden = false;
          waiting = undefined;
        }, DELAY_MS);
      const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
      element.classList.toggle("ls-progress-unknown", percent === null);
      fill.style.width = percent === null ? "" : `${percent}%`;
      if (percent === null) element.removeAttribute("aria-valuenow");
      else element.setAttribute("aria-valuenow", String(percent));
      element.setAttribute("aria-valuetext", words);
    },
    hide() {
      stopWaiting();
      element.hidden = true;
    },
  };
}
