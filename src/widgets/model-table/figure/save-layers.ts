import { ComputeError } from "../../../compute/errors.ts";
import { summaryText } from "../../../compute/model/layers/summary-text.ts";
import { acceptPageOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import { orderLayers } from "../data/order-layers.ts";
import type { ModelTableSession } from "../session.ts";
import { layersCsv } from "./layers-csv.ts";
import { tableFigure } from "./table-figure.ts";

const NAME = "model-layers";

/**
 * A layer table as a file: in the order on show as PNG, SVG or PDF, as the layers run as CSV, or as Keras prints it ("txt").
 *
 * @throws {ComputeError} "input" for a size that can't be drawn, and while no model is open.
 */
export async function saveLayers(
  session: ModelTableSession,
  input: Readonly<Record<string, unknown>>,
): Promise<SavedFile> {
  const { shown, order, caption, host, props } = session;
  if (!shown) throw new ComputeError("input", "No model is open.", "Open one first.");
  const { layers, facts } = shown;
  if (input.format === "txt") return textFile(fileName(NAME, "txt"), "text/plain", summaryText(layers, facts.name));
  const options = acceptPageOptions(input);
  const { format, dpi } = options;
  const name = fileName(NAME, format);
  if (format === "csv") return textFile(name, "text/csv", layersCsv(layers));
  const listed = orderLayers(layers, order).flatMap((place) => layers[place] ?? []);
  const figure = tableFigure(listed, layers, { caption, title: props.title ?? facts.name }, options);
  return figureFile(name, figure, { format, dpi }, () => host.load("pdf"));
}
