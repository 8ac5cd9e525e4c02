import { cutText, textWidth } from "./text-width.ts";

/** A text in lines that are no wider than `room` millimetres; a word that is wider is cut with an ellipsis. */
export function wrapText(text: string, room: number, size = 7, weight: 400 | 600 = 400): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && textWidth(longer, size, weight) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => cutText(line, room, size, weight));
}
