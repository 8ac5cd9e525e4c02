import { countRows, invertMask, type RowMask } from "../../compute/selection/row-mask.ts";
import { emptyCard, errorCard, errorSentence } from "../chrome/error-card.ts";
import type { Frame } from "../chrome/frame.ts";
import { progressBar } from "../chrome/progress-bar.ts";
import { type StatusAction, type StatusLine, statusLine } from "../chrome/status-line.ts";
import type { LinkedRows } from "../link/linked-rows.ts";
import type { Coloring } from "../rows/coloring.ts";
import { formatCount } from "../theme/numbers.ts";
import { classColors } from "../theme/palette.ts";
import { linkChoice } from "./link-choice.ts";
import { misfitSentence, selectionSentence } from "./selection-sentence.ts";
import type { WorkStatus } from "./work-status.ts";

/** How long the answer to something done stays on show: as long as it takes to read, and to do something about it. */
const LEAST_ANSWER_MS = 2000;
const MOST_ANSWER_MS = 6000;
const LETTER_MS = 90;
const CLEARED = "Selection cleared.";

export interface ViewStatus {
  /** The work, its failures and what the host has to say. */
  showWork(): void;
  showSelection(): void;
  /** The answer to what a reader has just done; goes by itself. */
  answer(text: string, actions?: readonly StatusAction[]): void;
  /** How far something is that this view does for its reader beside the work; null: it has ended. Not announced. */
  showTask(text: string | null, actions?: readonly StatusAction[]): void;
}

/** What a widget tells of itself in its status line. */
export interface StatusSource {
  readonly rows: LinkedRows;
  readonly work: WorkStatus;
  /** Where it is computed, and why there; null where nothing is. */
  readonly backend: { readonly name: string; readonly reason: string } | null;
  /** What colours the rows, for the sentence on more classes than colours. */
  readonly coloring: Coloring | null;
  /** There is a picture: a failure is then said in a line, and the picture stays. */
  readonly hasPicture: boolean;
  /** Do the work again, where trying again can help; null where it can't. */
  readonly retry: (() => void) | null;
  /** What to write where there are no rows. */
  readonly empty: { readonly sentence: string; readonly code: string };
  /** What is heard when the work has ended without a word: source.ready */
  readonly ready: string;
}

/** What a widget says: the status line, the progress bar, the error or empty card, and the live region. */
export function viewStatus(source: StatusSource, frame: Frame, signal: AbortSignal): ViewStatus {
  const { rows, work } = source;
  const line: StatusLine = statusLine(linkChoice(rows, signal));
  const progress = progressBar(signal);
  let card: HTMLElement | null = null;
  let wasBusy = false;
  /** Where it was last held, as it was said then. */
  let heldAt = "";
  let hadSelection = rows.selected !== null;
  let answering: ReturnType<typeof setTimeout> | undefined;
  let answered = "";
  frame.setStatus(line.element);
  frame.body.parentElement?.append(progress.element);
  signal.addEventListener("abort", () => clearTimeout(answering), { once: true });

  const showNotice = (): void => {
    const told = [work.sentence, manyClasses(source.coloring), misfitSentence(rows), work.hostNotice];
    const sentence = told.filter(Boolean).join(" ");
    const actions = work.actions.map(({ label, run }) => ({ name: label, run }));
    const isBusy = work.share !== null;
    line.say("progress", isBusy ? { text: work.sentence, actions } : null);
    if (answering !== undefined) return;
    const text = isBusy ? (work.hostNotice ?? "") : sentence;
    const offers = isBusy ? [] : actions;
    line.say("notice", text ? { text, actions: offers, beside: offers.length > 0 } : null);
  };

  const showCard = (next: HTMLElement | null): void => {
    card?.remove();
    card = next;
    if (card) frame.body.parentElement?.append(card);
  };

  const takeBack = (): void => {
    clearTimeout(answering);
    answering = undefined;
    answered = "";
    showNotice();
  };

  const answer = (text: string, actions: readonly StatusAction[] = []): void => {
    clearTimeout(answering);
    const reading = Math.max(LEAST_ANSWER_MS, text.length * LETTER_MS);
    answering = setTimeout(takeBack, actions.length > 0 ? MOST_ANSWER_MS : Math.min(reading, MOST_ANSWER_MS));
    answered = text;
    line.say("notice", { text, actions, beside: true });
    frame.live.announce(text);
  };

  rows.listen("link", showNotice, signal);

  return {
    answer,
    showTask(text, actions = []) {
      // The work itself comes first.
      if (work.share === null) line.say("progress", text === null ? null : { text, actions });
    },
    showWork() {
      const { error } = work;
      const { backend, hasPicture, retry: again } = source;
      const isBusy = work.share !== null;
      showNotice();
      line.setBackend(backend?.name ?? "", backend?.reason ?? "");
      if (isBusy) progress.show(work.share, work.sentence);
      else progress.hide();
      // The error card is an alert and is heard by itself.
      if (isBusy !== wasBusy && !(error && !hasPicture)) {
        const told = error?.message ?? (work.sentence || source.ready);
        // What is selected stands where the sentence would; what can be done about it stands beside that already.
        if (!isBusy && !error && rows.selected && work.actions.length === 0) answer(told);
        else frame.live.announce(told);
      }
      wasBusy = isBusy;
      if (work.isHeld && work.sentence !== heldAt) frame.live.announce(work.sentence);
      heldAt = work.isHeld ? work.sentence : "";
      frame.setBusy(isBusy);
      // Trying again helps where the input was right and the machine was not.
      const canRetry = again !== null && error !== null && error.kind !== "input";
      const retry = canRetry ? [{ name: "Run", run: again }] : [];
      line.say("error", error && hasPicture ? errorSentence(error, frame.root, retry) : null);
      if (error && !hasPicture) showCard(errorCard(error, retry));
      else if (rows.count === 0 && !hasPicture) showCard(emptyCard(source.empty.sentence, source.empty.code));
      else showCard(null);
    },
    showSelection() {
      const { selected, own } = rows;
      const undo = rows.canUndo ? [{ name: "Undo", run: () => rows.undo() }] : [];
      if (!selected) {
        line.say("selection", null);
        if (hadSelection) answer(CLEARED, undo);
      } else {
        // Beside what is selected now it would be wrong.
        if (answered === CLEARED) takeBack();
        const text = selectionSentence(rows, selected);
        const invert = (mask: RowMask): void => {
          const rest = invertMask(mask, rows.count);
          rows.select(countRows(rest) > 0 ? rest : null);
        };
        const change = own
          ? [
              { name: "Invert", run: () => invert(own) },
              { name: "Clear", run: () => rows.select(null) },
            ]
          : [];
        line.say("selection", { text, actions: [...change, ...undo] });
        frame.live.announce(text);
      }
      hadSelection = selected !== null;
    },
  };
}

/** More classes than colours: which of them have one. */
function manyClasses(coloring: Coloring | null): string {
  if (coloring?.kind !== "categories" || coloring.names.length <= classColors.length) return "";
  return `${formatCount(coloring.names.length)} classes: the 9 largest in colour. Click a name to colour it.`;
}
