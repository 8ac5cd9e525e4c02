import { ComputeError } from "../../compute/errors.ts";
import type { Command } from "../host/contract.ts";
import { acceptFigureOptions } from "./figure/figure-options.ts";
import { saveMap } from "./figure/save-map.ts";
import type { ScatterSession } from "./session.ts";

/** What a host may ask of a map on behalf of Python or of a page's script. */
export function scatterCommands(session: ScatterSession): Readonly<Record<string, Command>> {
  return {
    /** The coordinates: float32, rows × components. */
    async embedding() {
      const { layout } = session;
      if (!layout || layout.settling)
        throw new ComputeError("input", "The map is not computed yet.", "Await the widget first.");
      const { positions, dims } = layout;
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
  };
}
