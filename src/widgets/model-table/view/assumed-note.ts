import { buildElement, setText } from "../../chrome/build-element.ts";
import type { ModelTableSession } from "../session.ts";

export interface AssumedNote {
  readonly element: HTMLElement;
  /** Say it anew. */
  follow(): void;
}

/** What of the settings the file itself doesn't say. */
export function assumedNote(session: ModelTableSession): AssumedNote {
  const element = buildElement("p", { class: "ls-model-assumed" });
  const follow = (): void => {
    const { assumed, shown } = session;
    const known = shown?.facts.preprocessing?.assumed
      ? "Nothing is assumed any more: what the file doesn't say is set here."
      : "As the file's own layers say.";
    setText(element, assumed ? `Assumed: ${assumed}. The file doesn't say.` : known);
  };
  follow();
  return { element, follow };
}
