import cyrillic400 from "font:cyrillic-400";
import cyrillic600 from "font:cyrillic-600";
import greek400 from "font:greek-400";
import greek600 from "font:greek-600";
import latin400 from "font:latin-400";
import latin600 from "font:latin-600";
import latinExt400 from "font:latin-ext-400";
import latinExt600 from "font:latin-ext-600";
import fontkit from "@pdf-lib/fontkit";
import type { PDFDocument, PDFFont } from "pdf-lib";

/** Part of a text that one font writes in one size. */
export interface TextRun {
  readonly text: string;
  readonly font: PDFFont;
  /** Of the size of the text, 1 unless raised. */
  readonly scale: number;
  /** Above the baseline, as a share of the size of the text. */
  readonly rise: number;
}

export interface PdfFonts {
  /** Whether all letters of a text can be written, as they are or spelt out. */
  covers(text: string, weight: 400 | 600): boolean;
  /** The text cut into runs; fonts are embedded when they are first needed, with the letters used and no others. */
  runs(text: string, weight: 400 | 600): Promise<readonly TextRun[]>;
}

const files = {
  400: [latin400, latinExt400, greek400, cyrillic400],
  600: [latin600, latinExt600, greek600, cyrillic600],
} as const;

/** Letters that Arimo lacks, written with those it has: raised and smaller, or spelt out. */
const raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺";
const raisedAs = "0123456789−+";
const spelt: Readonly<Record<string, string>> = { "≥": ">=", "≤": "<=", "≈": "~", "→": "->" };
const UNKNOWN = "?";
const RAISED_SCALE = 0.65;
const RAISED_BY = 0.35;

interface Face {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly letters: ReadonlySet<number>;
  font: Promise<PDFFont> | null;
}

/** Arimo, which has Arial's widths and may be embedded (OFL), in Latin, Greek and Cyrillic. */
export function pdfFonts(document: PDFDocument): PdfFonts {
  document.registerFontkit(fontkit);
  const faces = new Map<number, readonly Face[]>();
  const facesOf = (weight: 400 | 600): readonly Face[] => {
    const known = faces.get(weight);
    if (known) return known;
    const read = files[weight].map((bytes): Face => {
      const font = fontkit.create(bytes);
      return { bytes, name: font.postscriptName ?? "Arimo", letters: new Set(font.characterSet), font: null };
    });
    faces.set(weight, read);
    return read;
  };
  const faceOf = (letter: string, weight: 400 | 600): Face | undefined =>
    facesOf(weight).find(({ letters }) => letters.has(letter.codePointAt(0) ?? 0));

  let embedded = 0;
  const embed = (face: Face): Promise<PDFFont> => {
    // Six capitals and a plus are how PDF marks the name of a subset.
    const mark = `LAYER${String.fromCharCode(65 + embedded)}`;
    if (!face.font) {
      face.font = document.embedFont(face.bytes, { subset: true, customName: `${mark}+${face.name}` });
      embedded++;
    }
    return face.font;
  };

  return {
    covers: (text, weight) =>
      [...text].every((letter) => faceOf(letter, weight) || raised.includes(letter) || letter in spelt),
    async runs(text, weight) {
      const pieces: Piece[] = [];
      for (const part of text.split(/([⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)/)) {
        // All of a power or none of it: native and made letters side by side differ in height.
        const isRaised = [...part].some((letter) => raised.includes(letter) && !faceOf(letter, weight));
        for (const letter of part) {
          const written = isRaised ? (raisedAs[raised.indexOf(letter)] ?? letter) : letter;
          const letters = faceOf(written, weight) ? written : (spelt[written] ?? UNKNOWN);
          for (const each of letters) addLetter(pieces, each, faceOf(each, weight), isRaised);
        }
      }
      return Promise.all(
        pieces.map(async ({ text: letters, face, isRaised }) => ({
          text: letters,
          font: await embed(face),
          scale: isRaised ? RAISED_SCALE : 1,
          rise: isRaised ? RAISED_BY : 0,
        })),
      );
    },
  };
}

interface Piece {
  text: string;
  readonly face: Face;
  readonly isRaised: boolean;
}

function addLetter(pieces: Piece[], letter: string, face: Face | undefined, isRaised: boolean): void {
  if (!face) return;
  const last = pieces.at(-1);
  if (last?.face === face && last.isRaised === isRaised) last.text += letter;
  else pieces.push({ text: letter, face, isRaised });
}
