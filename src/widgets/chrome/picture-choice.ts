import type { ListedPicture } from "../models/picture-list.ts";
import { buildElement } from "./build-element.ts";

/** More than a reader finds in a list: they are reached by their number. */
const MOST_LISTED = 200;

export interface PictureChoice {
  readonly element: HTMLElement;
  /** The pictures that there are, and the one that is wanted; hidden where there is no choice. */
  show(pictures: readonly ListedPicture[], chosen: ListedPicture | undefined): void;
}

/** Which of several pictures is on show: a list of their names, or of very many their number. */
export function pictureChoice(
  name: string,
  onChoose: (picture: ListedPicture) => void,
  signal: AbortSignal,
): PictureChoice {
  const list = buildElement("select", { class: "ls-field-choice", attributes: { "aria-label": name } });
  const number = buildElement("input", {
    class: "ls-field-number",
    attributes: { type: "number", min: "1", step: "1", "aria-label": `${name}, by its number` },
  });
  const element = buildElement("div", { class: "ls-picture-choice", children: [list, number] });
  let pictures: readonly ListedPicture[] = [];
  element.hidden = true;
  const choose = (at: number): void => {
    const picture = pictures[at];
    if (picture) onChoose(picture);
  };
  list.addEventListener("change", () => choose(Number(list.value)), { signal });
  number.addEventListener("change", () => choose(Number(number.value) - 1), { signal });
  return {
    element,
    show(next, chosen) {
      const isSame = next.length === pictures.length && next.every(({ key }, at) => key === pictures[at]?.key);
      pictures = next;
      element.hidden = pictures.length < 2;
      list.hidden = pictures.length > MOST_LISTED;
      number.hidden = !list.hidden;
      number.max = String(pictures.length);
      if (!isSame && !list.hidden)
        list.replaceChildren(
          ...pictures.map((picture, at) =>
            buildElement("option", { text: picture.name, attributes: { value: String(at) } }),
          ),
        );
      const at = pictures.findIndex(({ key }) => key === chosen?.key);
      list.value = String(at);
      number.value = String(at + 1);
    },
  };
}
