/** Letters of Arial by width, in thousandths of the text size (Arimo's table, rounded up to classes: 1 to 6 % too wide over English words). */
const classes: readonly (readonly [letters: string, width: number])[] = [
  ["'ijl|", 230],
  [" !,./:;I[]\\ft·", 280],
  ['()-`r"°²³', 340],
  ["*^cJkrsvxyz", 500],
  ["+<=>~−×", 585],
  ["&ABEKPSVXYCDHNRUwZTF", 725],
  ["GOQMm", 835],
  ["%@W", 1000],
];
const USUAL = 560;
const MM_PER_POINT = 25.4 / 72;
/** Semi-bold letters are this much wider. */
const SEMI_BOLD = 1.06;

const widths = new Map(classes.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width] as const)));

/**
 * About how many millimetres a text of `size` points takes in Arial; seldom too small. For laying out a figure where no
 * canvas is at hand.
 */
export function textWidth(text: string, size = 7, weight: 400 | 600 = 400): number {
  const total = [...text].reduce((sum, letter) => sum + (widths.get(letter) ?? USUAL), 0);
  return (total / 1000) * size * MM_PER_POINT * (weight === 600 ? SEMI_BOLD : 1);
}

/** The same, cut in its middle: what tells names apart stands at both ends. */
export function cutMiddle(text: string, room: number, size = 7, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  const letters = [...text];
  let kept = letters.length - 1;
  const cut = () =>
    `${letters.slice(0, Math.floor(kept / 2)).join("")}…${letters.slice(-Math.ceil(kept / 2)).join("")}`;
  while (kept > 2 && textWidth(cut(), size, weight) > room) kept--;
  return cut();
}

/** The text, cut with an ellipsis where it is wider than `room` millimetres. */
export function cutText(text: string, room: number, size = 7, weight: 400 | 600 = 400): string {
  if (textWidth(text, size, weight) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size, weight) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
