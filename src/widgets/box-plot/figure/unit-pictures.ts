import { throwIfCancelled } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { UnitBoxes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import type { SavedFile } from "../../export/saved-file.ts";
import { figureToPng } from "../../export/to-png.ts";
import { paintOf } from "../../rows/paint.ts";
import { tokens } from "../../theme/tokens.ts";
import type { ReadUnits } from "../data/read-units.ts";
import { unitSentence } from "../data/unit-sentence.ts";
import type { UnitWorker } from "../data/unit-worker.ts";
import type { BoxScene } from "../plot/plot-options.ts";
import type { BoxPlotProps } from "../props.ts";
import { groupLooks, panelWords, valueNames } from "../view/box-scene.ts";
import { drawBoxes } from "./draw-boxes.ts";

/** As wide by high as matplotlib's. */
const RATIO = 0.72;
/** Best units of each ranking, where none are named. */
const BEST = 6;
/** Units whose boxes are asked for at once. */
const LOT = 16;

export interface UnitPictures {
  /** A picture at both levels each; null: of the six best of each level's ranking, at that level. */
  readonly units: readonly number[] | null;
  readonly tables: UnitTables;
  readonly read: ReadUnits;
  readonly worker: UnitWorker;
  readonly props: Pick<BoxPlotProps, "method" | "threshold">;
  readonly options: FigureOptions;
}

/**
 * Slideflow's `box_plots`: `boxplot_3 (tile-level).png` and `boxplot_3 (slide-level).png`, of tiles alone where slides
 * are unknown.
 */
export async function unitPictures(pictures: UnitPictures, job: Job): Promise<readonly SavedFile[]> {
  const { worker, props, tables, units } = pictures;
  const { method, threshold } = props;
  const known = [tables.tile, ...(tables.slide ? [tables.slide] : [])];
  const lots = units ? inLots(units).flatMap((lot) => known.map((table) => ({ lot, table }))) : known.map(bestLot);
  const total = lots.reduce((sum, { lot }) => sum + lot.length, 0);
  const files: SavedFile[] = [];
  for (const { lot, table } of lots) {
    const boxesOf = boxesAt[table.level];
    const question = { units: lot, mask: null, boxesOf, shape: "box", method, threshold } as const;
    for (const panel of await worker.ask("unitBoxes", question, { signal: job.signal })) {
      throwIfCancelled(job.signal);
      files.push(await unitPicture(panel, table, pictures));
      job.onProgress?.({ stage: "Drawing boxes", done: files.length, total, unit: "pictures" });
    }
  }
  return files;
}

const boxesAt = { tile: "tiles", slide: "slides" } as const;

const bestLot = (table: UnitTable) => ({ lot: Array.from(table.ranking.slice(0, BEST)), table });

function inLots(units: readonly number[]): readonly (readonly number[])[] {
  const count = Math.ceil(units.length / LOT);
  return Array.from({ length: count }, (_, lot) => units.slice(lot * LOT, (lot + 1) * LOT));
}

async function unitPicture(
  panel: UnitBoxes,
  table: UnitTable,
  { read, props, options }: UnitPictures,
): Promise<SavedFile> {
  const { unit } = panel;
  const { level } = table;
  const { classes, unitNames, leastOf } = read;
  const { scheme, width, dpi } = options;
  const { classColors } = paintOf(classes, { scheme, promoted: [] });
  const words = panelWords(unit, table, unitNames);
  const scene: BoxScene = {
    groups: groupLooks(read, classColors),
    panels: [panel],
    words: [{ ...words, title: `${words.title} (${level}-level)` }],
    shape: "box",
    axes: "free",
    valueNames: valueNames({ boxesOf: boxesAt[level], method: props.method }).map(capitalized),
    mask: null,
  };
  const ink = { tokens: tokens[scheme], dpi, vector: false };
  const top = titleHeight(options);
  const { items, bottom } = drawBoxes({ scene, top, width, ratio: RATIO, groupsName: "Category", ...ink });
  const caption = unitSentence({ unit, names: unitNames, table, classes: classes.names, least: leastOf(unit) });
  const figure = figureSheet(items, bottom, { caption, title: words.title }, options);
  const name = `boxplot_${unit} (${level}-level).png`;
  return { name, type: "image/png", bytes: await figureToPng(figure, dpi) };
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
