import type { StatusSource } from "../../work/view-status.ts";
import type { ScatterSession } from "../session.ts";

/** What the status line says of a map. */
export function mapStatus(session: ScatterSession): StatusSource {
  return {
    rows: session.rows,
    work: session.work,
    get backend() {
      return session.backend;
    },
    get coloring() {
      return session.data.coloring;
    },
    get hasPicture() {
      return session.layout !== null;
    },
    get retry() {
      return session.props.points ? () => void session.compute() : null;
    },
    empty: { sentence: "There are no rows to map.", code: "umapScatter({points, labels})" },
    ready: "The map is ready.",
  };
}
