import { buildElement, setText } from "./build-element.ts";

export interface StatusAction {
  readonly name: string;
  run(): void;
}

export interface StatusSentence {
  readonly text: string;
  readonly actions?: readonly StatusAction[];
  /** The colour of the sentence; plain unless given. */
  readonly tone?: "alarm" | "warning";
  /** Whether it is said even while another sentence is on show: the answer to what was just done, or an offer. */
  readonly beside?: boolean;
}

/** What a status line can hold, in the order in which it is said. */
const SLOTS = ["error", "selection", "progress", "notice"] as const;

export type StatusSlot = (typeof SLOTS)[number];

export interface StatusLine {
  readonly element: HTMLElement;
  /** Say a sentence, or take it back with null. */
  say(slot: StatusSlot, sentence: StatusSentence | null): void;
  /** Where it is computed ("WebGPU", "CPU") and the sentence that says why. */
  setBackend(name: string, reason: string): void;
}

/**
 * One sentence with what can be done about it, left; `setting` and where it is computed, right. The first slot that has something to
 * say is shown; progress follows it when it is not the first, because its Cancel must stay within reach, and so does what
 * is to be said beside it.
 */
export function statusLine(setting: HTMLElement | null = null): StatusLine {
  const said = new Map<StatusSlot, StatusSentence>();
  const sentences = buildElement("div", { class: "ls-sentences" });
  const backend = buildElement("span", { class: "ls-backend-name" });
  const reason = buildElement("span", { class: "ls-hint", attributes: { role: "tooltip" } });
  const backendHolder = buildElement("span", {
    class: "ls-backend",
    attributes: { tabindex: "0" },
    children: [backend, reason],
  });
  backendHolder.hidden = true;
  const element = buildElement("div", { class: "ls-status", children: [sentences, setting, backendHolder] });

  const shown = new Map<StatusSlot, HTMLElement>();
  const update = (): void => {
    const first = SLOTS.find((slot) => said.has(slot));
    for (const slot of SLOTS) {
      const sentence = slot === first || slot === "progress" || said.get(slot)?.beside ? said.get(slot) : undefined;
      const before = shown.get(slot);
      if (!sentence) {
        before?.remove();
        shown.delete(slot);
        continue;
      }
      const holder = before ?? buildElement("span", { class: "ls-sentence" });
      holder.dataset.lsSlot = slot;
      showSentence(holder, sentence);
      shown.set(slot, holder);
    }
    const wanted = SLOTS.flatMap((slot) => shown.get(slot) ?? []);
    if (wanted.some((holder, index) => sentences.children[index] !== holder)) sentences.replaceChildren(...wanted);
  };

  return {
    element,
    say(slot, sentence) {
      if (sentence) said.set(slot, sentence);
      else said.delete(slot);
      update();
    },
    setBackend(name, why) {
      backendHolder.hidden = name === "";
      setText(backend, name);
      setText(reason, why);
      reason.hidden = why === "";
    },
  };
}

/** Buttons whose names stay are kept, so that a press or the focus survives a progress that ticks. */
function showSentence(holder: HTMLElement, { text, actions = [], tone }: StatusSentence): void {
  const words = holder.querySelector<HTMLElement>(".ls-words") ?? buildElement("span", { class: "ls-words" });
  setText(words, text);
  words.title = text;
  holder.dataset.lsTone = tone ?? "";
  const before = [...holder.querySelectorAll<HTMLButtonElement>("button")];
  const same =
    before.length === actions.length && before.every((button, index) => button.textContent === actions[index]?.name);
  const buttons = same
    ? before
    : actions.map(({ name }) =>
        buildElement("button", { class: "ls-action", text: name, attributes: { type: "button" } }),
      );
  actions.forEach((action, index) => {
    const button = buttons[index];
    if (button) button.onclick = () => action.run();
  });
  if (!same || !words.isConnected) holder.replaceChildren(words, ...buttons);
}
