import folder from "lucide:folder-open";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { buildIcon } from "../../chrome/icon.ts";
import type { AskedFiles } from "../data/asked-files.ts";

export interface DropZone {
  readonly element: HTMLElement;
  /** Put it in its place, with what is asked for; null: nothing is. */
  show(asked: AskedFiles | null): void;
  focus(): void;
}

/** Where a model's files are dropped or chosen. */
export function dropZone(onChoose: () => void, signal: AbortSignal): DropZone {
  const cause = buildElement("p", { class: "ls-cause" });
  const remedy = buildElement("p", { class: "ls-remedy" });
  const choose = buildElement("button", {
    class: "ls-run",
    text: "Choose files",
    attributes: { type: "button" },
  });
  choose.addEventListener("click", onChoose, { signal });
  const element = buildElement("div", {
    class: "ls-drop-zone",
    children: [buildIcon(folder), cause, remedy, choose],
  });
  element.hidden = true;
  return {
    element,
    show(asked) {
      element.hidden = asked === null;
      if (!asked) return;
      setText(cause, asked.cause);
      setText(remedy, asked.remedy);
    },
    focus: () => choose.focus(),
  };
}
