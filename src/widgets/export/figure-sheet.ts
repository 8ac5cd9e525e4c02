import { tokens } from "../theme/tokens.ts";
import { captionLines } from "./caption-lines.ts";
import { type Figure, type FigureItem, figureText } from "./figure.ts";
import type { FigureOptions } from "./figure-options.ts";

const TITLE = 6;
const CAPTION_LINE = 3;

/** Millimetres that a figure's title takes above the drawing; 0 where none is asked for. */
export function titleHeight({ title }: Pick<FigureOptions, "title">): number {
  return title ? TITLE : 0;
}

/** Millimetres that a figure's caption takes below the drawing; 0 where none is asked for. */
export function captionHeight(text: string, { caption, width }: Pick<FigureOptions, "caption" | "width">): number {
  return caption ? CAPTION_LINE * (captionLines(text, width).length + 0.5) : 0;
}

/** What a figure's file says of it. */
export interface FigureWords {
  readonly caption: string;
  /** The document's title where none is drawn. */
  readonly title: string;
}

/**
 * A drawing with its title above and its caption below, where they are asked for, on the page that is asked for.
 *
 * @param bottom Where the drawing, which begins below `titleHeight`, ends; millimetres.
 */
export function figureSheet(
  items: readonly FigureItem[],
  bottom: number,
  words: FigureWords,
  options: FigureOptions,
): Figure {
  const { title, caption, width, scheme, transparent } = options;
  const ink = tokens[scheme];
  const heading = title ? [figureText(title, 0, 4, ink.text, { size: 8, weight: 600 })] : [];
  const lines = (caption ? captionLines(words.caption, width) : []).map((line, index) =>
    figureText(line, 0, bottom + CAPTION_LINE * (index + 1), ink.textSecond, { size: 6 }),
  );
  return {
    width,
    height: bottom + captionHeight(words.caption, options),
    items: [...heading, ...items, ...lines],
    background: transparent ? null : ink.page,
    caption: words.caption,
    title: title ?? words.title,
  };
}
