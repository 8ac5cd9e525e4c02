/** Answers whether the key was used; a key that was not goes on to the notebook. */
export type KeyHandler = (event: KeyboardEvent) => boolean;

/**
 * Hear keys pressed with the focus inside `root`. Only the keys that a handler uses are kept from the notebook, so
 * Ctrl + Enter still runs the cell. Text fields keep all of theirs but Esc.
 */
export function listenKeys(root: HTMLElement, handler: KeyHandler, signal: AbortSignal): void {
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.defaultPrevented || (isTyping(event) && event.key !== "Escape")) return;
      if (!handler(event)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
}

function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["button", "checkbox", "radio"].includes(target.type);
}

/** Whether the key comes without Ctrl, Alt or ⌘. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.altKey && !event.metaKey;
}
