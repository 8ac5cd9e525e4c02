import { isPlain } from "./listen-keys.ts";

/** What some keys do on the body of every widget. */
export interface CommonKeys {
  /** Esc: whether there was anything to end. */
  escape(): boolean;
  find(): void;
  help(): void;
  undo(): void;
  redo(): void;
}

/** Esc, /, ?, Ctrl or ⌘ + Z, with Shift the other way: whether the key was one of them and of use. */
export function pressCommonKey(event: KeyboardEvent, target: CommonKeys): boolean {
  const { key } = event;
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
  if (isCommand && key.toLowerCase() === "z") return did(() => (event.shiftKey ? target.redo() : target.undo()));
  if (!isPlain(event)) return false;
  if (key === "Escape") return target.escape();
  if (key === "/") return did(() => target.find());
  if (key === "?") return did(() => target.help());
  return false;
}

/** Do it, and say that the key was used. */
export function did(action: () => void): true {
  action();
  return true;
}
