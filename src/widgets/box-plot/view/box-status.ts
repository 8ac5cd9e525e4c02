import type { StatusSource } from "../../work/view-status.ts";
import type { BoxPlotSession } from "../session.ts";

/** Single precision has no room for the p of many rows. */
const backend = { name: "CPU", reason: "CPU: statistics need double precision, which WebGPU does not have." } as const;

/** What the status line says of units. */
export function boxStatus(session: BoxPlotSession): StatusSource {
  return {
    rows: session.rows,
    work: session.work,
    backend,
    // Classes stand under the boxes by name, with or without a colour of their own.
    coloring: null,
    get hasPicture() {
      return session.panels.boxes.length > 0;
    },
    retry: () => session.again(),
    empty: { sentence: "There are no units to compare.", code: "boxPlot({values, labels, slides})" },
    ready: "The units are ranked.",
  };
}
