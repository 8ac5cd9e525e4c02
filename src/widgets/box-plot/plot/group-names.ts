/** The width of a text as it is drawn, CSS px. */
export type Measure = (text: string) => number;

/** How class names and counts stand under the boxes of every panel. */
export interface GroupNames {
  /** Degrees that they are turned, anticlockwise; 0: name above count. Otherwise both stand in one line. */
  readonly angle: 0 | 45 | 90;
  /** CSS px that they take below the boxes. */
  readonly height: number;
  /** As drawn: shortened where there is no room. */
  readonly shown: readonly string[];
  /** Every how many groups one is named: 1 unless there are more than can stand side by side. */
  readonly every: number;
}

export interface GroupText {
  readonly name: string;
  /** The widest that may stand there. */
  readonly count: string;
}

const LINE = 14;
const ABOVE = 4;
/** Between two names that stand side by side. */
const BESIDE = 4;
/** Turned lines that are nearer than this touch. */
const LINE_PITCH = 12;
const LONGEST = 72;
const SLANT = Math.SQRT1_2;

/**
 * Names stand upright where all of them fit, else they are turned, and cut where they are too long even so.
 *
 * @param slot The width that each group has.
 * @param left What lies left of the first group, where a turned name may reach.
 */
export function groupNames(texts: readonly GroupText[], slot: number, left: number, measure: Measure): GroupNames {
  if (texts.every(({ name, count }) => Math.max(measure(name), measure(count)) <= slot - BESIDE))
    return { angle: 0, height: ABOVE + 2 * LINE, shown: texts.map(({ name }) => name), every: 1 };
  const angle = slot * SLANT >= LINE_PITCH ? 45 : 90;
  const room = angle === 45 ? Math.min(LONGEST, (left + slot / 2) / SLANT - LINE / 2) : LONGEST;
  const shown = texts.map(({ name, count }) => shorten(name, room - measure(` ${count}`), measure));
  const length = Math.max(...texts.map(({ count }, index) => measure(`${shown[index]} ${count}`)));
  const height = angle === 45 ? (length + LINE / 2) * SLANT : length;
  const every = angle === 45 ? 1 : Math.ceil(LINE_PITCH / slot);
  return { angle, height: Math.ceil(ABOVE + height), shown, every };
}

/** The text, cut with an ellipsis where it is wider than `room`; a first letter stays. */
export function shorten(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && measure(`${letters.join("").trimEnd()}…`) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
