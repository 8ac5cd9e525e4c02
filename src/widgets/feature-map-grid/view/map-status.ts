import type { StatusSource } from "../../work/view-status.ts";
import type { FeatureMapGridSession } from "../session.ts";

/** What the status line says of feature maps. */
export function mapStatus(session: FeatureMapGridSession): StatusSource {
  return {
    rows: session.rows,
    work: session.work,
    get backend() {
      const { shown } = session;
      return shown && { name: shown.processor, reason: shown.reason };
    },
    coloring: null,
    get hasPicture() {
      return session.shown !== null;
    },
    retry: () => session.again(),
    empty: { sentence: "There is no picture.", code: "featureMapGrid({model, images})" },
    ready: "The feature maps are drawn.",
  };
}
