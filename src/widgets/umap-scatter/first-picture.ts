import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { readCoords } from "../map/given-coords.ts";
import type { MapRuns } from "../map/map-runs.ts";
import { readSavedMap } from "../map/saved-map.ts";
import { MapShow } from "./map-show.ts";
import type { ScatterSession } from "./session.ts";

/** Show the coordinates that were given in place of points. */
export async function showCoords(session: ScatterSession, runs: MapRuns): Promise<void> {
  const { coords, saved } = session.props;
  if (!coords) return;
  session.work.begin();
  const run = runs.begin();
  const started = performance.now();
  const show = new MapShow(session);
  try {
    const onProgress = (progress: Progress) => show.onProgress(progress, started);
    const layout = await readCoords(coords, { signal: run.signal, onProgress });
    if (!runs.isCurrent(run)) return;
    session.showLayout(layout);
    session.settle("Coordinates given: no UMAP was computed.");
  } catch (thrown) {
    const error = ComputeError.from(thrown);
    // A saved picture stands for data that can't be had: it was saved for this case.
    if (runs.isCurrent(run) && !(saved && session.layout && error.kind !== "input")) session.fail(error);
  }
}

/** Show what a saved notebook has kept of the map. */
export function showSaved(session: ScatterSession, saved: Uint8Array<ArrayBuffer>): void {
  try {
    const { layout, rows, classes } = readSavedMap(saved);
    session.rows.count = rows;
    session.showLayout(layout);
    if (classes) session.data.take(classes);
  } catch (thrown) {
    session.fail(ComputeError.from(thrown));
    return;
  }
  const again = session.props.points ? [{ label: "Run", run: () => void session.compute() }] : [];
  session.work.say(`Saved picture. ${session.host.again}`.trim(), again);
  session.first.come();
}
