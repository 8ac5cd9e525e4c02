import { ComputeError } from "../../compute/errors.ts";
import type { Figure } from "./figure.ts";

/** What the lazily loaded part (`pdf-part.ts`) gives. */
export interface PdfPart {
  figuresToPdf(figures: readonly Figure[]): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Figures as the pages of a PDF file; `load` fetches the writer with its fonts, which only those who save a PDF pay for.
 */
export async function figuresToPdf(
  figures: readonly Figure[],
  load: () => Promise<unknown>,
): Promise<Uint8Array<ArrayBuffer>> {
  const part = await load();
  if (!isPdfPart(part))
    throw new ComputeError("internal", "The PDF writer could not be loaded.", "Save an SVG, or run the cell again.");
  return part.figuresToPdf(figures);
}

function isPdfPart(part: unknown): part is PdfPart {
  return typeof part === "object" && part !== null && "figuresToPdf" in part && typeof part.figuresToPdf === "function";
}
