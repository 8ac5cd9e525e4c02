import { buildElement, setText } from "../../chrome/build-element.ts";
import { dialog } from "../../chrome/dialog.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import type { ListedClass } from "./class-picker.ts";
import { formatShare } from "./overlay-words.ts";

/** More than a reader goes through: a few letters find the others. */
const SHOWN = 200;

/** All classes, the likeliest first, and a field that finds some of them by their names or numbers. */
export function classDialog(
  classes: readonly ListedClass[],
  { onChoose, onClose }: { onChoose(classIdx: number): void; onClose(): void },
): HTMLElement {
  const field = buildElement("input", {
    class: "ls-search-field",
    attributes: { type: "search", placeholder: "Name or number", "aria-label": "Find a class", autocomplete: "off" },
  });
  const list = buildElement("div", { class: "ls-class-all" });
  const foot = buildElement("p", { class: "ls-legend-note", attributes: { role: "status" } });
  const find = (): void => {
    const sought = field.value.trim().toLowerCase();
    const found = classes.filter(
      ({ name, classIdx }) => name.toLowerCase().includes(sought) || String(classIdx) === sought,
    );
    list.replaceChildren(...found.slice(0, SHOWN).map((each) => classLine(each, onChoose)));
    const many = `${formatCount(SHOWN)} of ${formatCounted(found.length, "class", "classes")}: type to find the others.`;
    setText(foot, found.length === 0 ? "Nothing found." : found.length > SHOWN ? many : "");
  };
  field.addEventListener("input", find);
  field.addEventListener("keydown", (event) => {
    const first = list.querySelector<HTMLButtonElement>("button");
    if (event.key === "Enter") first?.click();
    else if (event.key === "ArrowDown") first?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  find();
  return dialog("Classes", [field, list, foot], onClose);
}

function classLine({ classIdx, name, share }: ListedClass, onChoose: (classIdx: number) => void): HTMLElement {
  const line = buildElement("button", {
    class: "ls-class-line",
    attributes: { type: "button" },
    children: [
      buildElement("span", { class: "ls-class-name", text: name, attributes: { title: name } }),
      buildElement("span", { class: "ls-class-share", text: formatShare(share) }),
    ],
  });
  line.addEventListener("click", () => onChoose(classIdx));
  return line;
}
