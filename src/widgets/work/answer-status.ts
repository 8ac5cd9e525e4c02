import type { LinkedRows } from "../link/linked-rows.ts";
import type { StatusSource } from "./view-status.ts";
import type { WorkStatus } from "./work-status.ts";

/** A session that shows what a model answered. */
interface AnswerSession {
  readonly rows: LinkedRows;
  readonly work: WorkStatus;
  readonly shown: { readonly processor: string; readonly reason: string } | null;
  again(): void;
}

/**
 * What the status line says of what a model answered to pictures.
 *
 * @param code What to write where there is no picture.
 * @param ready Said once all is there.
 */
export function answerStatus(
  session: AnswerSession,
  { code, ready }: { readonly code: string; readonly ready: string },
): StatusSource {
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
    empty: { sentence: "There is no picture.", code },
    ready,
  };
}
