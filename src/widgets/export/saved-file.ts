import type { Figure } from "./figure.ts";
import type { FigureFormat } from "./figure-options.ts";
import { figuresToPdf } from "./to-pdf.ts";
import { figureToPng } from "./to-png.ts";
import { figureToSvg } from "./to-svg.ts";

/** A file as it is handed to a reader, or to Python. */
export interface SavedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textFile(name: string, type: string, content: string): SavedFile {
  return { name, type, bytes: new TextEncoder().encode(content) };
}

/**
 * A figure as a file.
 *
 * @param loadPdf Loads the part that writes PDF, where that is asked for.
 * @throws {ComputeError} "input" for a size that can't be drawn, "memory" where there is no canvas for it.
 */
export async function figureFile(
  name: string,
  figure: Figure,
  { format, dpi }: { readonly format: FigureFormat; readonly dpi: number },
  loadPdf: () => Promise<unknown>,
): Promise<SavedFile> {
  if (format === "svg") return textFile(name, "image/svg+xml", await figureToSvg(figure));
  if (format === "png") return { name, type: "image/png", bytes: await figureToPng(figure, dpi) };
  return pdfFile(name, [figure], loadPdf);
}

/** Figures as the pages of a PDF file. @param loadPdf Loads the part that writes it. */
export async function pdfFile(
  name: string,
  pages: readonly Figure[],
  loadPdf: () => Promise<unknown>,
): Promise<SavedFile> {
  return { name, type: "application/pdf", bytes: await figuresToPdf(pages, loadPdf) };
}
