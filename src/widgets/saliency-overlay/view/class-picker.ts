import { buildElement, setDataText, setText } from "../../chrome/build-element.ts";
import { formatCount } from "../../theme/numbers.ts";
import { formatShare } from "./overlay-words.ts";

/** More are reached through the list of all. */
const SHOWN = 8;

/** A class that a picture may be of. */
export interface ListedClass {
  readonly classIdx: number;
  readonly name: string;
  readonly share: number;
}

export interface ShownClasses {
  /** The picture's name, where there are several; else "". */
  readonly picture: string;
  /** The likeliest first. */
  readonly classes: readonly ListedClass[];
  /** What the maps are about. */
  readonly chosen: ReadonlySet<number>;
  /** A reader has chosen it, so that there is a way back. */
  readonly isAsked: boolean;
  /** What has become of a class under the eraser; null: it isn't at work. */
  readonly erased: { readonly classIdx: number; readonly share: number } | null;
}

export interface ClassPickerOptions {
  /** @param isAdded Beside those that are chosen. */
  onChoose(classIdx: number, isAdded: boolean): void;
  /** Each picture's likeliest again. */
  onLikeliest(): void;
  /** The list of all. */
  onMore(): void;
}

export interface ClassPicker {
  readonly element: HTMLElement;
  /** null: there are none to choose. */
  show(shown: ShownClasses | null): void;
}

interface ClassRow {
  readonly element: HTMLButtonElement;
  show(listed: ListedClass, isChosen: boolean, erased: number | null): void;
}

/** What the model takes a picture for, with its shares; a press makes the maps about that class. */
export function classPicker(options: ClassPickerOptions, signal: AbortSignal): ClassPicker {
  const title = buildElement("h3", { class: "ls-legend-title" });
  const list = buildElement("div", { class: "ls-class-list", attributes: { role: "group" } });
  const more = buildElement("button", { class: "ls-action", attributes: { type: "button" } });
  const likeliest = buildElement("button", {
    class: "ls-action",
    text: "Likeliest",
    attributes: { type: "button", title: "Maps of each picture's likeliest class" },
  });
  const foot = buildElement("div", { class: "ls-class-foot", children: [more, likeliest] });
  const element = buildElement("div", { class: "ls-classes", children: [title, list, foot] });
  element.hidden = true;
  const rows: ClassRow[] = [];
  more.addEventListener("click", () => options.onMore(), { signal });
  likeliest.addEventListener("click", () => options.onLikeliest(), { signal });
  return {
    element,
    show(shown) {
      element.hidden = shown === null;
      if (!shown) return;
      const { picture, classes, chosen, isAsked, erased } = shown;
      setDataText(title, picture ? `Class of ${picture}` : "Class");
      list.setAttribute("aria-label", title.textContent ?? "");
      const listed = shownOf(classes, chosen);
      while (rows.length > listed.length) rows.pop()?.element.remove();
      for (const [at, each] of listed.entries()) {
        const row = rows[at] ?? classRow(options);
        rows[at] = row;
        if (!row.element.isConnected) list.append(row.element);
        row.show(each, chosen.has(each.classIdx), erased?.classIdx === each.classIdx ? erased.share : null);
      }
      const rest = classes.length - listed.length;
      more.hidden = rest <= 0;
      setText(more, `${formatCount(rest)} more`);
      likeliest.hidden = !isAsked;
      foot.hidden = more.hidden && likeliest.hidden;
    },
  };
}

/** The likeliest, and at their end what was chosen from further down. */
function shownOf(classes: readonly ListedClass[], chosen: ReadonlySet<number>): readonly ListedClass[] {
  const first = classes.slice(0, SHOWN);
  return [...first, ...classes.slice(SHOWN).filter(({ classIdx }) => chosen.has(classIdx))];
}

function classRow({ onChoose }: ClassPickerOptions): ClassRow {
  const name = buildElement("span", { class: "ls-class-name" });
  const number = buildElement("span", { class: "ls-class-share" });
  const full = buildElement("span", { class: "ls-class-left" });
  const bar = buildElement("span", { class: "ls-class-bar", attributes: { "aria-hidden": "true" }, children: [full] });
  const element = buildElement("button", {
    class: "ls-class-row",
    attributes: { type: "button" },
    children: [name, number, bar],
  });
  let classIdx = 0;
  element.addEventListener("click", (event) => onChoose(classIdx, event.shiftKey));
  return {
    element,
    show(listed, isChosen, erased) {
      ({ classIdx } = listed);
      setDataText(name, listed.name);
      const share = erased ?? listed.share;
      setText(number, formatShare(share));
      bar.style.width = `${100 * Math.max(listed.share, share)}%`;
      full.style.width = listed.share > 0 ? `${100 * Math.min(1, share / Math.max(listed.share, share))}%` : "100%";
      element.classList.toggle("ls-erased", erased !== null);
      element.setAttribute("aria-pressed", String(isChosen));
      const was = erased === null ? "" : `, ${formatShare(listed.share)} in the whole picture`;
      element.setAttribute("aria-label", `${listed.name}, ${formatShare(share)}${was}`);
    },
  };
}
