import type { StatusSource } from "../../work/view-status.ts";
import type { MosaicSession } from "../session.ts";

/** What the status line says of a mosaic. */
export function mosaicStatus(session: MosaicSession): StatusSource {
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
      return session.tiles !== null;
    },
    get retry() {
      return () => session.again();
    },
    empty: { sentence: "There are no tiles to lay out.", code: "mosaic({images, coords})" },
    ready: "The mosaic is ready.",
  };
}
