import { buildElement, setText } from "./build-element.ts";
import { classDisc } from "./class-disc.ts";

export interface RowCardContent {
  readonly name: string;
  readonly class?: { readonly name: string; readonly color: string | null };
  readonly values?: readonly { readonly name: string; readonly text: string }[];
  /** Size in pixels of the picture that will come, where the row has one. */
  readonly picture?: { readonly width: number; readonly height: number };
  /** A line in the second colour, under the class. */
  readonly note?: string;
}

export interface RowCard {
  readonly element: HTMLElement;
  /** Show the current row; null when there is none. */
  show(content: RowCardContent | null): void;
  setPicture(picture: CanvasImageSource): void;
}

/** The current row beside the drawing, in the wide layout and in full screen: its picture, name, class and values. */
export function rowCard(): RowCard {
  const element = buildElement("section", { class: "ls-row-card", attributes: { "aria-label": "Current row" } });
  element.hidden = true;
  let canvas: HTMLCanvasElement | null = null;
  return {
    element,
    show(content) {
      element.hidden = content === null;
      canvas = null;
      if (!content) return element.replaceChildren();
      if (content.picture) {
        canvas = buildElement("canvas", { class: "ls-row-picture", attributes: { "aria-hidden": "true" } });
        canvas.width = content.picture.width;
        canvas.height = content.picture.height;
        canvas.classList.toggle("ls-pixelated", Math.max(canvas.width, canvas.height) < 48);
        canvas.classList.toggle("ls-tall", canvas.height > canvas.width);
      }
      const name = buildElement("div", { class: "ls-row-name", attributes: { title: content.name } });
      setText(name, content.name);
      const values = (content.values ?? []).flatMap(({ name: term, text }) => [
        buildElement("dt", { text: term, attributes: { title: term } }),
        buildElement("dd", { class: "ls-value", text }),
      ]);
      const words = buildElement("div", {
        class: "ls-row-words",
        children: [
          name,
          content.class ? classDisc(content.class.name, content.class.color) : null,
          content.note ? buildElement("div", { class: "ls-tooltip-note", text: content.note }) : null,
          values.length > 0 ? buildElement("dl", { class: "ls-values", children: values }) : null,
        ],
      });
      element.replaceChildren(...(canvas ? [canvas, words] : [words]));
    },
    setPicture(picture) {
      const context = canvas?.getContext("2d");
      if (!canvas || !context) return;
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    },
  };
}
