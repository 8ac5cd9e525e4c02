import { textWidth } from "../../export/text-width.ts";

/** Millimetres that a CSS px of the panels is on paper, where their texts of 11 px are 7 pt. */
export const PIXEL: number = ((7 / 11) * 25.4) / 72;

/** Of a panel's title, points. */
export const TITLE_SIZE = 8;

/** About how wide a text of 7 pt, or a panel's title, is on paper, in the panels' CSS px. */
export function measure(text: string, style?: "title"): number {
  return (style === "title" ? textWidth(text, TITLE_SIZE, 600) : textWidth(text)) / PIXEL;
}
