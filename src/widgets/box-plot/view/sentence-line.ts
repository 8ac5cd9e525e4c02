import { buildElement, setText } from "../../chrome/build-element.ts";
import { copyText } from "../../chrome/copy-text.ts";

/** What is said under the panels. */
export interface Said {
  /** For a paper; empty: nothing yet. */
  readonly sentence: string;
  /** What stands beside it in the second colour: the p of the other level; empty: nothing. */
  readonly aside: string;
  /** Why that p, or the sentence's, is not to be trusted; empty: it is. */
  readonly warning: string;
}

export interface SentenceLine {
  readonly element: HTMLElement;
  show(said: Said): void;
}

/** The sentence under the panels, which can be copied into a paper. */
export function sentenceLine(
  root: HTMLElement,
  onCopied: (copied: boolean) => void,
  signal: AbortSignal,
): SentenceLine {
  const text = buildElement("span", { class: "ls-box-sentence-text" });
  const copy = buildElement("button", {
    class: "ls-action",
    text: "Copy",
    attributes: { type: "button", "aria-label": "Copy the sentence" },
  });
  const aside = buildElement("span", { class: "ls-box-aside" });
  const element = buildElement("p", { class: "ls-box-sentence", children: [text, " ", copy, " ", aside].map(asNode) });
  copy.addEventListener("click", () => void copyText(text.textContent ?? "", root).then(onCopied), { signal });
  return {
    element,
    show({ sentence, aside: beside, warning }) {
      if (text.textContent !== sentence) text.replaceChildren(...wholeNumbers(sentence));
      copy.hidden = sentence === "";
      // Beside a p that can be trusted the other one is an aside, and why it is too small is told when it is looked at.
      setText(aside, beside || warning);
      aside.title = beside ? warning : "";
      aside.setAttribute("aria-description", beside ? warning : "");
      aside.classList.toggle("ls-box-warned", beside === "");
      aside.hidden = beside === "" && warning === "";
    },
  };
}

/** What may be broken between lines, and what may not: "q = 2 × 10⁻⁶⁶" stays in one piece. */
function wholeNumbers(sentence: string): readonly Node[] {
  return sentence
    .split(/((?:F|H|p|q|η²)(?:\([\d, ]+\))? (?:= )?[^,()]+(?=[,)]))/)
    .map((part, place) => (place % 2 ? buildElement("span", { class: "ls-box-number", text: part }) : asNode(part)));
}

const asNode = (part: Node | string): Node => (typeof part === "string" ? document.createTextNode(part) : part);
