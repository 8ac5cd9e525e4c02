import { countRows, invertMask } from "../../../compute/selection/row-mask.ts";
import { emptyCard, errorCard, errorSentence } from "../../chrome/error-card.ts";
import type { Frame } from "../../chrome/frame.ts";
import { progressBar } from "../../chrome/progress-bar.ts";
import { type StatusAction, type StatusLine, statusLine } from "../../chrome/status-line.ts";
import { formatCount } from "../../theme/numbers.ts";
import { classColors } from "../../theme/palette.ts";
import type { Coloring } from "../data/coloring.ts";
import type { ScatterSession } from "../session.ts";

/** How long the answer to something done stays on show. */
const ANSWER_MS = 6000;

export interface ViewStatus {
  /** The work, its failures and what the host has to say. */
  showWork(): void;
  showSelection(): void;
  /** The answer to what a reader has just done; goes by itself. */
  answer(text: string, actions?: readonly StatusAction[]): void;
}

/** What the map says: the status line, the progress bar, the error or empty card, and the live region. */
export function viewStatus(session: ScatterSession, frame: Frame, signal: AbortSignal): ViewStatus {
  const { rows, work } = session;
  const line: StatusLine = statusLine();
  const progress = progressBar(signal);
  let card: HTMLElement | null = null;
  let wasBusy = false;
  let hadSelection = rows.selected !== null;
  let answering: ReturnType<typeof setTimeout> | undefined;
  frame.setStatus(line.element);
  frame.body.parentElement?.append(progress.element);
  signal.addEventListener("abort", () => clearTimeout(answering), { once: true });

  const showNotice = (): void => {
    const sentence = [work.sentence, manyClasses(session.data.coloring), work.hostNotice].filter(Boolean).join(" ");
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

  const answer = (text: string, actions: readonly StatusAction[] = []): void => {
    clearTimeout(answering);
    answering = setTimeout(() => {
      answering = undefined;
      showNotice();
    }, ANSWER_MS);
    line.say("notice", { text, actions, beside: true });
    frame.live.announce(text);
  };

  return {
    answer,
    showWork() {
      const { error } = work;
      const { layout, backend } = session;
      const isBusy = work.share !== null;
      showNotice();
      line.setBackend(backend?.name ?? "", backend?.reason ?? "");
      if (isBusy) progress.show(work.share, work.sentence);
      else progress.hide();
      // The error card is an alert and is heard by itself.
      if (isBusy !== wasBusy && !(error && !layout))
        frame.live.announce(error?.message ?? (work.sentence || "The map is ready."));
      wasBusy = isBusy;
      frame.setBusy(isBusy);
      // Trying again helps where the input was right and the machine was not.
      const canRetry = session.props.points !== null && error !== null && error.kind !== "input";
      const retry = canRetry ? [{ name: "Run", run: () => void session.compute() }] : [];
      line.say("error", error && layout ? errorSentence(error, frame.root, retry) : null);
      if (error && !layout) showCard(errorCard(error, retry));
      else if (session.count === 0 && !layout)
        showCard(emptyCard("There are no rows to map.", "umapScatter({points, labels})"));
      else showCard(null);
    },
    showSelection() {
      const { selected } = rows;
      const undo = rows.canUndo ? [{ name: "Undo", run: () => rows.undo() }] : [];
      if (!selected) {
        line.say("selection", null);
        if (hadSelection) answer("Selection cleared.", undo);
      } else {
        const text = `${formatCount(countRows(selected))} of ${formatCount(session.count)} selected`;
        const invert = (): void => {
          const rest = invertMask(selected, session.count);
          rows.select(countRows(rest) > 0 ? rest : null);
        };
        const clear = { name: "Clear", run: () => rows.select(null) };
        line.say("selection", { text, actions: [{ name: "Invert", run: invert }, clear, ...undo] });
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
