import { buildElement, setText } from "./build-element.ts";

/** Letters of a name's end that are never cut. */
const MOST_KEPT = 12;
/** Where a name has no parts. */
const FEW_KEPT = 8;

/** A cell for a name of which the middle gives way where there is no room: what tells layers apart stands at both ends. */
export function fillLayerName(cell: HTMLElement, name: string): void {
  if (cell.textContent === name) return;
  const [start, end] = splitName(name);
  const [first, last] = cell.children;
  if (first instanceof HTMLElement && last instanceof HTMLElement) {
    setText(first, start);
    setText(last, end);
  } else
    cell.replaceChildren(
      buildElement("span", { class: "ls-layer-start", text: start }),
      buildElement("span", { class: "ls-layer-end", text: end }),
    );
}

/** "block_10_expanded_conv" and "_project_BN": the end begins with a part of the name. */
export function splitName(name: string): readonly [start: string, end: string] {
  if (name.length <= MOST_KEPT) return [name, ""];
  const earliest = name.length - MOST_KEPT;
  const part = name.slice(earliest).search(/[_./:-]/);
  const at = part < 0 || part > MOST_KEPT - 3 ? name.length - FEW_KEPT : earliest + part;
  return [name.slice(0, at), name.slice(at)];
}
