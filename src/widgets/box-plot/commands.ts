import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import { validateStatisticsOptions } from "../../compute/statistics/statistics-options.ts";
import { acceptFigureOptions, acceptPageOptions } from "../export/figure-options.ts";
import { textFile } from "../export/saved-file.ts";
import type { Command } from "../host/contract.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { type AnswerFacts, boxesAnswer, filesAnswer, rankingAnswer, statsAnswer } from "./data/answers.ts";
import type { ReadUnits } from "./data/read-units.ts";
import { acceptUnits } from "./data/unit-numbers.ts";
import type { UnitWorker } from "./data/unit-worker.ts";
import { saveBoxes } from "./figure/save-boxes.ts";
import { SUMMARY_NAME, slideSummaryCsv } from "./figure/slide-summary-csv.ts";
import { unitPictures } from "./figure/unit-pictures.ts";
import { levelOf } from "./props.ts";
import type { BoxPlotSession } from "./session.ts";

/** What a host may ask of units on behalf of Python or of a page's script; `data/answers.ts` tells in what bytes. */
export function boxPlotCommands(session: BoxPlotSession): Readonly<Record<string, Command>> {
  return {
    async ranking({ of }, job) {
      const { read } = await settledUnits(session, job);
      await session.whenAtRest();
      const { rankings, props, rows, ranksSelection, ranked } = session;
      const isSelection = of === "selection" || (of !== "classes" && ranksSelection && rankings.selection !== null);
      const tables = isSelection ? rankings.selection : rankings.classes;
      if (!tables)
        throw isSelection
          ? (rankings.failure ?? new ComputeError("input", "No row is selected.", "Select some first."))
          : notYet();
      const selected = isSelection && rows.selected ? countRows(rows.selected) : null;
      return rankingAnswer(tables, { ...factsOf(read), ...ranked, level: levelOf(props), selected });
    },
    async stats(options, job) {
      const { tables, observed, read } = await slideflowStats(session, options, job);
      return statsAnswer(tables, observed, factsOf(read));
    },
    async summary(options, job) {
      const { tables, observed, read, method, slides } = await slideflowStats(session, options, job);
      const { tile, slide } = tables;
      const facts = { tile, slide, observed, method, slides, classes: read.classes.names };
      const { name, type, bytes } = textFile(SUMMARY_NAME, "text/csv", slideSummaryCsv(facts));
      return { header: { name, type }, bytes };
    },
    async save(options, job) {
      await settledUnits(session, job);
      const { name, type, bytes } = await saveBoxes(session, acceptPageOptions(options));
      return { header: { name, type }, bytes };
    },
    async boxPlots({ units, ...options }, job) {
      const { read, worker } = await settledUnits(session, job);
      const { classes: tables } = session.rankings;
      if (!tables) throw notYet();
      const wanted = namedUnits(units, read);
      const figure = acceptFigureOptions({ ...options, format: "png" });
      const pictures = { units: wanted, tables, read, worker, props: session.props, options: figure };
      return filesAnswer(await unitPictures(pictures, job));
    },
    async boxes({ units, boxesOf = session.props.boxesOf }, job) {
      const { read, worker } = await settledUnits(session, job);
      const wanted = namedUnits(units, read) ?? session.shown;
      if (boxesOf !== "tiles" && boxesOf !== "slides")
        throw new ComputeError("input", `Unknown boxesOf: "${String(boxesOf)}".`, "Pass tiles or slides.");
      const { props, rows } = session;
      const { method, threshold } = props;
      const question = {
        units: wanted,
        mask: rows.selected && countRows(rows.selected) > 0 ? rows.selected : null,
        boxesOf,
        shape: "box",
        method,
        threshold,
      } as const;
      return boxesAnswer(await worker.ask("unitBoxes", question, job), factsOf(read));
    },
  };
}

/**
 * What Slideflow's `stats` tells: analysis of variance at both levels, and the numbers that slides are.
 *
 * @throws {ComputeError} "input" where slides are unknown.
 */
async function slideflowStats(session: BoxPlotSession, options: Readonly<Record<string, unknown>>, job: Job) {
  const { read, worker } = await settledUnits(session, job);
  const asked = {
    ...session.options,
    ...pick(options, ["method", "threshold"]),
    test: "anova",
    permutations: 0,
  } as const;
  validateStatisticsOptions(asked);
  const { method, threshold } = asked;
  const { tile, slide } = await worker.ask("rankUnits", { options: asked, mask: null }, job);
  const { slides } = read;
  if (!slides || !slide) throw new ComputeError("input", "Slides are unknown.", "Pass slides, one a row.");
  const observed = await worker.ask("slideValues", { method, threshold }, job);
  return { tables: { tile, slide }, observed, read, method, slides: slides.names };
}

export function factsOf({ classes, slides, rows }: ReadUnits): AnswerFacts {
  return { classes: classes.names, slides: slides?.names ?? null, units: rows.values.columns };
}

/** @returns null where none are named, or "top". */
function namedUnits(units: unknown, { rows }: ReadUnits): readonly number[] | null {
  const named = acceptUnits(units ?? "top", rows.values.columns);
  return named === "top" ? null : named;
}

/**
 * The units once they are ranked; what is asked before is answered when they are.
 *
 * @throws {ComputeError} "cancelled" where the question is given up before, "input" where there is a saved picture only,
 * and what has kept the ranking from coming.
 */
export async function settledUnits(
  session: BoxPlotSession,
  { signal }: Job,
): Promise<{ readonly read: ReadUnits; readonly worker: UnitWorker }> {
  await waitUnlessGivenUp(session.whenAtRest(), signal);
  const { read, worker, rankings, work } = session;
  if (!read || !worker || !rankings.classes) throw work.error ?? notYet();
  return { read, worker };
}

function notYet(): ComputeError {
  return new ComputeError("input", "The units are not ranked yet.", "Await the widget first.");
}

function pick(options: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in options).map((name) => [name, options[name]]));
}
