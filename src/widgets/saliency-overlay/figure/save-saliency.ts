import { ComputeError } from "../../../compute/errors.ts";
import { acceptFigureOptions, type FileFormat } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import { toNpy } from "../../export/to-npy.ts";
import type { ShownSaliency } from "../data/shown-saliency.ts";
import { stackMaps } from "../data/stack-maps.ts";
import type { SaliencyOverlaySession } from "../session.ts";
import { saliencyFigure } from "./saliency-figure.ts";
import { scoresCsv } from "./scores-csv.ts";

export type SaliencyFormat = FileFormat | "npy";

const FORMATS: readonly unknown[] = ["png", "svg", "pdf", "npy", "csv"] satisfies readonly SaliencyFormat[];

/**
 * What is on show as a file: the pictures with their maps as PNG, SVG or PDF, the maps' own numbers as NPY (signed sums over
 * the channels, pictures × columns × height × width, of one map height × width), what is known of each as CSV.
 *
 * @param asked As a caller writes it: `format`, and of a figure what `acceptFigureOptions` takes.
 * @throws {ComputeError} "input" for a format or size that can't be written, before anything is on show, and for maps of
 * several sizes as NPY.
 */
export async function saveSaliency(
  session: Pick<SaliencyOverlaySession, "shown" | "props" | "caption" | "host" | "faithfulnessOf">,
  asked: Readonly<Record<string, unknown>>,
): Promise<SavedFile> {
  const { shown, props, caption, host } = session;
  const { format = "png" } = asked;
  if (!FORMATS.includes(format))
    throw new ComputeError("input", `unknown format: "${String(format)}" (expected png, svg, pdf, npy or csv).`);
  if (!shown) throw new ComputeError("input", "There are no saliency maps yet.", "Await the widget first.");
  if (format === "npy") return npyFile(shown);
  const options = acceptFigureOptions(asked);
  if (options.format === "csv")
    return textFile(
      fileName("saliency-scores", "csv"),
      "text/csv",
      scoresCsv(shown, (place) => session.faithfulnessOf(place)),
    );
  const figure = saliencyFigure({ shown, props, caption }, options);
  const written = { format: options.format, dpi: options.dpi };
  return figureFile(fileName("saliency", options.format), figure, written, () => host.load("pdf"));
}

function npyFile(shown: ShownSaliency): SavedFile {
  const { data, shape } = stackMaps(shown, ({ signed }) => signed);
  const [pictures, columns, ...places] = shape;
  const bytes = toNpy(data, pictures * columns === 1 ? places : shape);
  return { name: fileName("saliency", "npy"), type: "application/octet-stream", bytes };
}
