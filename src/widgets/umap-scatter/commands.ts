import { ComputeError } from "../../compute/errors.ts";
import type { Command } from "../host/contract.ts";
import type { NumericSource } from "../host/sources.ts";
import { RowPlacer } from "./data/row-placer.ts";
import { acceptFigureOptions } from "./figure/figure-options.ts";
import { saveMap } from "./figure/save-map.ts";
import type { Layout } from "./layout.ts";
import type { ScatterSession } from "./session.ts";

/** What a host may ask of a map on behalf of Python or of a page's script. */
export function scatterCommands(session: ScatterSession): Readonly<Record<string, Command>> {
  let placer: RowPlacer | undefined;
  return {
    /** The coordinates: float32, rows × components. */
    async embedding() {
      const { positions, dims } = finishedLayout(session);
      return {
        header: { dtype: "float32", shape: [positions.length / dims, dims], dims },
        bytes: new Uint8Array(positions.slice().buffer),
      };
    },
    /** A figure or the rows as a file; options as in `acceptFigureOptions`. */
    async save(options) {
      const { name, type, bytes } = await saveMap(session, acceptFigureOptions(options), session.crop);
      return { header: { name, type }, bytes };
    },
    /** Where other rows (`points`) belong in the map: float32, rows × components. */
    async transform({ points: rows }, job) {
      const { layout, points } = computedMap(session);
      placer ??= new RowPlacer(session.host.signal);
      const placed = await placer.place(layout, points, rows, job);
      return { header: { dims: layout.dims }, bytes: new Uint8Array(placed.buffer) };
    },
    /** How far the map can be believed; the bytes are the preservation of each row alone, float32. */
    async quality(_options, job) {
      computedMap(session);
      const result = await session.quality.measure(job);
      if (!result) throw session.quality.error ?? new ComputeError("cancelled", "Stopped.");
      const { perRow, ...measures } = result;
      return { header: measures, bytes: new Uint8Array(perRow.slice().buffer) };
    },
  };
}

function finishedLayout({ layout }: ScatterSession): Layout {
  if (!layout || layout.settling)
    throw new ComputeError("input", "The map is not computed yet.", "Await the widget first.");
  return layout;
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
  return { layout, points };
}
