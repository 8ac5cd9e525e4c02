/** Mean width of a letter of 6 pt Arial, millimetres. */
const LETTER = 1.12;

/** A caption in lines that fit a figure of that width (millimetres). */
export function captionLines(caption: string, width: number): readonly string[] {
  const letters = Math.floor(width / LETTER);
  const lines: string[] = [];
  for (const word of caption.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= letters) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
