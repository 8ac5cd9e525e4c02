import { ComputeError } from "../../../compute/errors.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { Progress } from "../../../compute/job.ts";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { formatCounted, formatNumber } from "../../theme/numbers.ts";
import { progressSentence } from "../../work/progress-sentence.ts";
import type { ViewStatus } from "../../work/view-status.ts";
import type { ExcitingPicture } from "../data/exciting-pictures.ts";
import type { FeatureMapGridSession } from "../session.ts";

/** Pictures that are listed. */
const MOST = 20;

export interface ExcitingList {
  readonly element: HTMLElement;
  /** For this channel of the model and these pictures; what was found for others is gone. */
  show(layer: MapLayer, channel: number): void;
  /** The most that the channel answers to any of them, and how many they are; null: they were not searched. */
  readonly searched: { readonly most: number; readonly pictures: number } | null;
}

/**
 * Which of the pictures excite the open channel most: found when it is asked for, then a list to choose from.
 *
 * @param onFound They were.
 */
export function excitingList(
  session: FeatureMapGridSession,
  status: Pick<ViewStatus, "answer" | "showTask">,
  onFound: () => void,
  signal: AbortSignal,
): ExcitingList {
  const find = buildElement("button", { class: "ls-action", attributes: { type: "button" } });
  const list = buildElement("select", {
    class: "ls-field-choice",
    attributes: { "aria-label": "Pictures that excite this channel most" },
  });
  const element = buildElement("div", { class: "ls-map-exciting", children: [find, list] });
  let asked: { readonly layer: MapLayer; readonly channel: number } | null = null;
  /** All that an answer depends on. */
  let about: readonly unknown[] = [];
  let searched: ExcitingList["searched"] = null;
  let question = new AbortController();
  signal.addEventListener("abort", () => question.abort(), { once: true });

  const search = async (): Promise<void> => {
    if (!asked) return;
    const { layer, channel } = asked;
    question.abort();
    question = new AbortController();
    const { signal: life } = question;
    const start = performance.now();
    const cancel = { name: "Cancel", run: () => question.abort() };
    find.disabled = true;
    try {
      const onProgress = (progress: Progress): void => {
        if (!life.aborted) status.showTask(progressSentence(progress, start, performance.now()), [cancel]);
      };
      const found = await session.exciting(layer, channel, { signal: life, onProgress });
      if (!life.aborted) fill(found);
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (error.kind !== "cancelled") status.answer(error.message);
    } finally {
      find.disabled = false;
      status.showTask(null);
    }
  };
  const fill = (found: readonly ExcitingPicture[]): void => {
    const { all } = session.pictures;
    list.replaceChildren(
      buildElement("option", { text: "Excited most by", attributes: { value: "" } }),
      ...found.slice(0, MOST).map(({ row, most }) =>
        buildElement("option", {
          text: `${all[row]?.name ?? row + 1}: ${formatNumber(most)}`,
          attributes: { value: String(row) },
        }),
      ),
    );
    list.hidden = false;
    find.hidden = true;
    list.focus();
    const [first] = found;
    searched = first ? { most: first.most, pictures: found.length } : null;
    onFound();
  };
  find.addEventListener("click", () => void search(), { signal });
  list.addEventListener(
    "change",
    () => {
      const picture = list.value === "" ? undefined : session.pictures.all[Number(list.value)];
      if (picture) session.show(picture);
    },
    { signal },
  );
  return {
    element,
    get searched() {
      return searched;
    },
    show(layer, channel) {
      element.hidden = !session.canSearch;
      const { model, props } = session;
      const next = [layer.tensor, channel, model?.facts, props.images, props.imageNames, props.preprocessing];
      asked = { layer, channel };
      if (next.length === about.length && next.every((one, at) => one === about[at])) return;
      about = next;
      question.abort();
      searched = null;
      list.hidden = true;
      find.hidden = false;
      setText(find, `Find what excites it most in ${formatCounted(session.pictures.passed, "picture")}`);
    },
  };
}
