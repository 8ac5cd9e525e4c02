/** The width of a text as it is drawn, CSS px; "title": as a panel's title is. */
export type Measure = (text: string, style?: "title") => number;

/** How class names and counts stand under the boxes of every panel. */
export interface GroupNames {
  /** Degrees that they are turned, anticlockwise; 0: the count stands below its name, else beside it. */
  readonly angle: 0 | 45 | 90;
  /** CSS px that they take below the boxes. */
  readonly height: number;
  /** As drawn: shortened where there is no room. */
  readonly shown: readonly string[];
  /** Every how many groups one is named: 1 unless there are more than can stand side by side. */
  readonly every: number;
  /** Upright: the lines that the name and the count of a group at an even place, and of one at an odd, stand on. */
  readonly lines: readonly [even: NameLines, odd: NameLines];
  /** Upright: CSS px that the last one's name and count stand left of its middle, to end where the panel ends. */
  readonly lastAside: number;
}

export interface NameLines {
  readonly name: number;
  readonly count: number;
}

export interface GroupText {
  readonly name: string;
  /** The widest that may stand there. */
  readonly count: string;
}

/** What each group has, and what lies at its left where a longer name may reach. */
export interface NameRoom {
  readonly slot: number;
  readonly left: number;
}

/** From the drawing to the first line. */
export const NAMES_GAP = 4;
export const NAME_LINE = 14;
/** Between two names that stand side by side. */
const BESIDE = 4;
/** Turned lines that are nearer than this touch. */
const LINE_PITCH = 12;
const LONGEST = 120;
/** Of a panel's width, for what turned names reach beyond the first box. */
const MOST_LEFT = 0.25;
/** A name that is cut shorter than this has more room when it is turned. */
const LEAST_CUT = 56;
const SLANT = Math.SQRT1_2;

const oneLine: GroupNames["lines"] = [
  { name: 0, count: 1 },
  { name: 0, count: 1 },
];
const namesInTurns: GroupNames["lines"] = [
  { name: 1, count: 2 },
  { name: 0, count: 2 },
];
const bothInTurns: GroupNames["lines"] = [
  { name: 2, count: 3 },
  { name: 0, count: 1 },
];

/**
 * Names stand side by side where all of them fit, else by turns on two lines, cut where they are longer than two places.
 * Where places are narrow as well, they are turned.
 */
export function groupNames(texts: readonly GroupText[], room: NameRoom, measure: Measure): GroupNames {
  const counts = texts.map(({ count }) => measure(count));
  const whole = texts.map(({ name }) => name);
  const cut = whole.map((name, place) => shorten(name, roomByTurns(room, place, texts.length), measure));
  const isCutShort = 2 * room.slot - BESIDE < LEAST_CUT;
  const byTurns = isCutShort ? whole : cut;
  const widthsOf = (those: readonly string[]) => those.map((name) => measure(name));
  const widths = widthsOf(byTurns);
  const beyond = (names: readonly string[]) =>
    Math.max(0, measure(names.at(-1) ?? "") / 2 - room.slot / 2, (counts.at(-1) ?? 0) / 2 - room.slot / 2);
  const stand = (names: readonly string[], lines: GroupNames["lines"]) => upright(names, lines, beyond(names));
  if (keepClear(widthsOf(whole), 1, room) && keepClear(counts, 1, room)) return stand(whole, oneLine);
  if (keepClear(widths, 2, room) && keepClear(counts, 1, room)) return stand(byTurns, namesInTurns);
  if (keepClear(widths, 2, room) && keepClear(counts, 2, room)) return stand(byTurns, bothInTurns);
  return turnedNames(texts, room, measure);
}

function upright(shown: readonly string[], lines: GroupNames["lines"], lastAside: number): GroupNames {
  const last = Math.max(...lines.map(({ count }) => count));
  return { angle: 0, height: NAMES_GAP + (last + 1) * NAME_LINE, shown, every: 1, lines, lastAside };
}

/** From a group's middle to the nearer edge of the panel. */
function toEdge({ slot, left }: NameRoom, place: number, places: number): number {
  return Math.min(left + (place + 0.5) * slot, (places - place - 0.5) * slot + BESIDE);
}

/** What a name may take whose neighbours stand on another line. */
function roomByTurns(room: NameRoom, place: number, places: number): number {
  return Math.min(2 * room.slot - BESIDE, 2 * toEdge(room, place, places));
}

/** Whether texts around the groups' middles keep clear of those `apart` groups on, and of the panel's edges. */
function keepClear(widths: readonly number[], apart: 1 | 2, room: NameRoom): boolean {
  return widths.every((width, place) => {
    const isInside = width / 2 <= toEdge(room, place, widths.length);
    return isInside && (width + (widths[place + apart] ?? 0)) / 2 + BESIDE <= apart * room.slot;
  });
}

function turnedNames(texts: readonly GroupText[], { slot, left }: NameRoom, measure: Measure): GroupNames {
  const angle = slot * SLANT >= LINE_PITCH ? 45 : 90;
  const shown = texts.map(({ name, count }, place) => {
    const reach = (left + (place + 0.5) * slot) / SLANT - NAME_LINE / 2;
    return shorten(name, (angle === 45 ? Math.min(LONGEST, reach) : LONGEST) - measure(` ${count}`), measure);
  });
  const length = Math.max(...texts.map(({ count }, place) => measure(`${shown[place]} ${count}`)));
  const height = angle === 45 ? (length + NAME_LINE) * SLANT : length;
  const every = angle === 45 ? 1 : Math.ceil(LINE_PITCH / slot);
  return { angle, height: Math.ceil(NAMES_GAP + height), shown, every, lines: oneLine, lastAside: 0 };
}

/**
 * Where the first group's place begins so that turned names are whole: at `left`, or further to the right where they would
 * reach out of the panel.
 */
export function leftOfGroups(
  texts: readonly GroupText[],
  { width, left }: { readonly width: number; readonly left: number },
  measure: Measure,
): number {
  const slotAt = (from: number): number => (width - from) / texts.length;
  if (groupNames(texts, { slot: slotAt(left), left }, measure).angle !== 45) return left;
  const wanted = texts.map(({ name, count }, place) => {
    const reach = (Math.min(LONGEST, measure(`${name} ${count}`)) + NAME_LINE / 2) * SLANT;
    const share = (place + 0.5) / texts.length;
    return (reach - share * width) / (1 - share);
  });
  const further = Math.ceil(Math.min(Math.max(left, ...wanted), Math.max(left, MOST_LEFT * width)));
  // In narrower places the names would stand upright, and need no room at their left.
  return slotAt(further) * SLANT >= LINE_PITCH ? further : left;
}

/** The text, cut with an ellipsis where it is wider than `room`; a first letter stays. */
export function shorten(text: string, room: number, measure: Measure): string {
  if (measure(text) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && measure(`${letters.join("").trimEnd()}…`) > room) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}
