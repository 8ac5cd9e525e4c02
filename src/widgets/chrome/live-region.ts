import { buildElement } from "./build-element.ts";

export interface LiveRegion {
  readonly element: HTMLElement;
  /** Say a sentence to a reader who can't see the screen: start, end, selection counts, a mark reached by keys. */
  announce(sentence: string): void;
}

/** The one polite live region of a widget. */
export function liveRegion(): LiveRegion {
  const element = buildElement("div", {
    class: "ls-offscreen",
    attributes: { role: "status", "aria-live": "polite", "aria-atomic": "true" },
  });
  return {
    element,
    announce(sentence) {
      element.textContent = sentence;
    },
  };
}
