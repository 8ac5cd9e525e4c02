import { decodePDFRawStream, PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFStream } from "pdf-lib";

export interface ReadPdf {
  /** Text in the order in which it is drawn, a line a string; found through the fonts' own tables, as a search is. */
  readonly lines: readonly string[];
  /** Names of the fonts, and whether their letters are in the file. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[];
  readonly document: PDFDocument;
  /** The page's drawing, decoded. */
  readonly content: string;
  /** Width and height of each picture. */
  readonly pictures: readonly (readonly [number, number])[];
}

/** Open a page of a PDF as another program would, the first unless told otherwise. */
export async function readPdf(file: Uint8Array, page = 0): Promise<ReadPdf> {
  const document = await PDFDocument.load(file);
  const { node } = document.getPage(page);
  const contents = node.Contents();
  const parts =
    contents instanceof PDFArray ? contents.asArray().map((ref) => document.context.lookup(ref)) : [contents];
  const content = parts.map((part) => (part instanceof PDFStream ? decoded(part) : "")).join("\n");
  const resources = node.Resources();
  const fontDict = resources?.lookupMaybe(PDFName.of("Font"), PDFDict);
  const fonts = new Map<string, { name: string; embedded: boolean; letters: Map<string, string> }>();
  for (const [key] of fontDict?.entries() ?? []) {
    const font = fontDict?.lookup(key, PDFDict);
    const child = font?.lookup(PDFName.of("DescendantFonts"), PDFArray).lookup(0, PDFDict);
    const descriptor = child?.lookup(PDFName.of("FontDescriptor"), PDFDict);
    const map = font?.lookup(PDFName.of("ToUnicode"));
    fonts.set(key.asString().slice(1), {
      name: font?.lookup(PDFName.of("BaseFont"), PDFName).asString().slice(1) ?? "",
      embedded: ["FontFile", "FontFile2", "FontFile3"].some((name) => descriptor?.has(PDFName.of(name))),
      letters: map instanceof PDFStream ? lettersOf(decoded(map)) : new Map(),
    });
  }
  const lines: string[] = [];
  for (const [, block = ""] of content.matchAll(/BT\s([\s\S]*?)\sET/g)) {
    if (/^1 Tr/m.test(block)) continue;
    let letters = new Map<string, string>();
    let line = "";
    for (const [, key, codes = ""] of block.matchAll(/\/(\S+) [\d.]+ Tf|<([0-9A-Fa-f]*)> Tj/g)) {
      if (key) letters = fonts.get(key)?.letters ?? new Map();
      else for (const code of codes.match(/.{4}/g) ?? []) line += letters.get(code.toUpperCase()) ?? "�";
    }
    lines.push(line);
  }
  const pictures = [...(resources?.lookupMaybe(PDFName.of("XObject"), PDFDict)?.entries() ?? [])].map(([, ref]) => {
    const picture = document.context.lookup(ref, PDFStream);
    const side = (name: string) => Number(picture.dict.get(PDFName.of(name))?.toString());
    return [side("Width"), side("Height")] as const;
  });
  return {
    lines,
    document,
    content,
    pictures,
    fonts: [...fonts.values()].map(({ name, embedded }) => ({ name, embedded })),
  };
}

function decoded(stream: PDFStream): string {
  if (!(stream instanceof PDFRawStream)) return "";
  return new TextDecoder("latin1").decode(decodePDFRawStream(stream).decode());
}

/** The letters that a font's ToUnicode table gives for its codes (bfchar lines alone: all that our writer makes). */
function lettersOf(table: string): Map<string, string> {
  const letters = new Map<string, string>();
  for (const [, code = "", letter = ""] of table.matchAll(/<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>/g)) {
    const units = (letter.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16));
    letters.set(code.toUpperCase(), String.fromCharCode(...units));
  }
  return letters;
}

/** The pictures of a PDF's page, the first unless told otherwise, with opaque pixels: red, green, blue and opacity. */
export function pdfPictures(
  document: PDFDocument,
  page = 0,
): readonly { readonly width: number; readonly height: number; readonly data: Uint8Array }[] {
  const objects = document.getPage(page).node.Resources()?.lookupMaybe(PDFName.of("XObject"), PDFDict);
  return [...(objects?.entries() ?? [])].flatMap(([, ref]) => {
    const stream = document.context.lookup(ref, PDFStream);
    if (!(stream instanceof PDFRawStream)) return [];
    const side = (name: string) => Number(stream.dict.get(PDFName.of(name))?.toString());
    const [width, height] = [side("Width"), side("Height")];
    const colors = decodePDFRawStream(stream).decode();
    const data = new Uint8Array(4 * width * height).fill(255);
    for (let pixel = 0; pixel < width * height; pixel++) data.set(colors.subarray(3 * pixel, 3 * pixel + 3), 4 * pixel);
    return [{ width, height, data }];
  });
}
