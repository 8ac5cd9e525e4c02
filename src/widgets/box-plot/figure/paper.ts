import { textWidth } from "../../export/text-width.ts";

/** Millimetres that a CSS px of the panels is on paper, where their texts of 11 px are 7 pt. */
export const PIXEL: number = ((7 / 11) * 25.4) / 72;

/** About how wide a text of 7 pt is on paper, in the panels' CSS px. */
export function measure(text: string): number {
  return textWidth(text) / PIXEL;
}
