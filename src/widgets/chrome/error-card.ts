import alarm from "lucide:triangle-alert";
import type { ComputeErrorRecord } from "../../compute/errors.ts";
import { buildElement, setText } from "./build-element.ts";
import { copyText } from "./copy-text.ts";
import { buildIcon } from "./icon.ts";
import type { StatusAction, StatusSentence } from "./status-line.ts";

export type Failure = Pick<ComputeErrorRecord, "reason" | "remedy" | "details">;

/** What went wrong where there is no picture yet: cause, remedy, and the details folded away. */
export function errorCard({ reason, remedy, details }: Failure, actions: readonly StatusAction[] = []): HTMLElement {
  const content = buildElement("div", {
    class: "ls-card-content",
    children: [
      buildElement("p", { class: "ls-cause", text: reason }),
      remedy ? buildElement("p", { class: "ls-remedy", text: remedy }) : null,
      actions.length > 0 ? buildElement("p", { class: "ls-card-actions", children: actions.map(buildAction) }) : null,
    ],
  });
  if (details) content.append(foldedDetails(`${reason} ${remedy}`.trim(), details));
  return buildElement("div", {
    class: "ls-card ls-card-alarm",
    attributes: { role: "alert" },
    children: [buildIcon(alarm), content],
  });
}

/** The same words in one line, for where the picture stays; details go to the clipboard. */
export function errorSentence(
  { reason, remedy, details }: Failure,
  element: HTMLElement,
  actions: readonly StatusAction[] = [],
): StatusSentence {
  const text = remedy ? `${reason} ${remedy}` : reason;
  const copy = { name: "Copy details", run: () => void copyText(`${text}\n${details}`, element) };
  return { text, tone: "alarm", actions: details ? [...actions, copy] : actions };
}

/** Nothing was passed yet: what to pass, as code. */
export function emptyCard(sentence: string, code: string): HTMLElement {
  return buildElement("div", {
    class: "ls-card ls-card-empty",
    children: [
      buildElement("div", {
        class: "ls-card-content",
        children: [buildElement("p", { text: sentence }), buildElement("code", { class: "ls-code", text: code })],
      }),
    ],
  });
}

function buildAction({ name, run }: StatusAction): HTMLButtonElement {
  const button = buildElement("button", { class: "ls-action", text: name, attributes: { type: "button" } });
  button.addEventListener("click", run);
  return button;
}

function foldedDetails(sentence: string, details: string): HTMLElement {
  const copy = buildElement("button", { class: "ls-action", text: "Copy", attributes: { type: "button" } });
  copy.addEventListener("click", () => {
    void copyText(`${sentence}\n${details}`, copy).then((copied) =>
      setText(copy, copied ? "Copied" : "Select the text and copy it"),
    );
  });
  return buildElement("details", {
    class: "ls-details",
    children: [
      buildElement("summary", { text: "Details" }),
      buildElement("pre", { class: "ls-code", text: details, attributes: { tabindex: "0" } }),
      copy,
    ],
  });
}
