import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { UmapOptions } from "../../compute/umap/options.ts";
import { acceptFigureOptions } from "../export/figure-options.ts";
import type { Answer, Command } from "../host/contract.ts";
import type { NumericSource } from "../host/sources.ts";
import type { Layout } from "../map/layout.ts";
import { optionsOf } from "../map/map-input.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { RowPlacer } from "./data/row-placer.ts";
import { saveMap } from "./figure/save-map.ts";
import type { UmapScatterProps } from "./props.ts";
import type { ScatterSession } from "./session.ts";

/** What a host may ask of a map on behalf of Python or of a page's script. */
export function scatterCommands(session: ScatterSession): Readonly<Record<string, Command>> {
  let placer: RowPlacer | undefined;
  return {
    /** The coordinates: float32, rows × components. */
    async embedding(_options, job) {
      await firstMap(session, job);
      return coordinates(session);
    },
    /** A figure or the rows as a file; options as in `acceptFigureOptions`. */
    async save(options, job) {
      // A layout on its way can be saved as it is.
      if (!session.layout) await firstMap(session, job);
      const { name, type, bytes } = await saveMap(session, acceptFigureOptions(options), session.crop);
      return { header: { name, type }, bytes };
    },
    /** Where other rows (`points`) belong in the map: float32, rows × components. */
    async transform({ points: rows }, job) {
      await firstMap(session, job);
      const { layout, points } = computedMap(session);
      placer ??= new RowPlacer(session.host.signal);
      const placed = await placer.place(layout, points, rows, job);
      return { header: { dims: layout.dims }, bytes: new Uint8Array(placed.buffer) };
    },
    /**
     * Rows added to the map, whose own stay where they are. Of all rows: `points`, and `labels`, `color`, `names`,
     * `images`, `values` where they are given; `placed`: where those lie that are there. The bytes are as those of
     * `embedding`, of all rows.
     */
    async update(options, job) {
      await firstMap(session, job);
      throwUnlessOfProps(computedMap(session).layout, session.props);
      await session.growth.add(pickRowProps(options), job);
      return coordinates(session);
    },
    /** Hold a settling layout after the round that is under way. */
    async pause() {
      throwUnlessSettling(session.pause());
      return nothing;
    },
    /** Move a settling layout by so many `rounds` (1), then hold it. */
    async step({ rounds = 1 }) {
      if (typeof rounds !== "number" || !Number.isInteger(rounds) || rounds < 1)
        throw new ComputeError("input", `rounds: expected a whole number from 1, got ${String(rounds)}.`);
      throwUnlessSettling(session.canPause);
      session.step(rounds);
      return nothing;
    },
    /** Go on with a layout that is held. */
    async resume() {
      throwUnlessSettling(session.canPause);
      session.goOn();
      return nothing;
    },
    /** How far the map can be believed; the bytes are the preservation of each row alone, float32. */
    async quality(_options, job) {
      await firstMap(session, job);
      computedMap(session);
      const result = await session.quality.measure(job);
      if (!result) throw session.quality.error ?? new ComputeError("cancelled", "Stopped.");
      const { perRow, ...measures } = result;
      return { header: measures, bytes: new Uint8Array(perRow.slice().buffer) };
    },
  };
}

const nothing: Answer = { header: {}, bytes: new Uint8Array() };

const ROW_PROPS = ["points", "placed", "labels", "color", "names", "images", "values"] as const;

function pickRowProps(options: Readonly<Record<string, unknown>>): Partial<UmapScatterProps> {
  return Object.fromEntries(ROW_PROPS.filter((name) => name in options).map((name) => [name, options[name]]));
}

function throwUnlessSettling(isSettling: boolean): void {
  if (!isSettling)
    throw new ComputeError("input", "No layout is settling.", "Pause, step and resume while the map is computed.");
}

function coordinates(session: ScatterSession): Answer {
  const { positions, dims } = finishedLayout(session);
  return {
    header: { dtype: "float32", shape: [positions.length / dims, dims], dims },
    bytes: new Uint8Array(positions.slice().buffer),
  };
}

function finishedLayout({ layout }: ScatterSession): Layout {
  if (!layout || layout.settling || layout.preview) throw notYet();
  return layout;
}

function notYet(): ComputeError {
  return new ComputeError("input", "The map is not computed yet.", "Await the widget first.");
}

/** Rows that stay where they are, under parameters that did not place them, would be told of by those. */
function throwUnlessOfProps({ origin }: Layout, props: UmapScatterProps): void {
  const writtenOf = (options: UmapOptions) => JSON.stringify({ ...options, init: null });
  if (origin.kind !== "umap") return;
  const isOfSameColumns = (origin.exclude ?? null) === props.exclude;
  if (!isOfSameColumns || writtenOf(origin.options) !== writtenOf(optionsOf(props)))
    throw new ComputeError(
      "input",
      "The map on show is of other parameters than those that are set.",
      "Run it, then add rows.",
    );
}

/**
 * What is asked before anything is on show is answered when it is; why nothing came is told by whoever answers.
 *
 * @throws {ComputeError} "cancelled" where the question is given up before.
 */
async function firstMap({ ready }: ScatterSession, { signal }: Job): Promise<void> {
  await waitUnlessGivenUp(
    ready.catch(() => undefined),
    signal,
  );
}

function computedMap(session: ScatterSession): { layout: Layout; points: NumericSource } {
  const layout = finishedLayout(session);
  const { points } = session.props;
  if (!points || layout.origin.kind !== "umap")
    throw new ComputeError(
      "input",
      "No map was computed here: there are only its coordinates.",
      "Pass points, and run it.",
    );
  if (!session.hasOwnMap) throw notYet();
  return { layout, points };
}
