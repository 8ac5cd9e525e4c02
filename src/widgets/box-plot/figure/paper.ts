import { textWidth } from "../../export/text-width.ts";

/** Millimetres that a CSS px of the panels is on paper, where their texts of 11 px are 7 pt. */
export const PIXEL: number = ((7 / 11) * 25.4) / 72;

/** About how wide a text is on paper, in the panels' CSS px. */
export function measure(text: string, size = 7, weight: 400 | 600 = 400): number {
  return textWidth(text, size, weight) / PIXEL;
}
