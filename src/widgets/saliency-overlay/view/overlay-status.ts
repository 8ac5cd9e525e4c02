import type { StatusSource } from "../../work/view-status.ts";
import type { SaliencyOverlaySession } from "../session.ts";

/** What the status line says of saliency maps. */
export function overlayStatus(session: SaliencyOverlaySession): StatusSource {
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
    empty: { sentence: "There is no picture.", code: "saliencyOverlay({model, images})" },
    ready: "The saliency maps are drawn.",
  };
}
