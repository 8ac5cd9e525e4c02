import { ComputeError } from "../../../compute/errors.ts";
import { DEFAULT_STEPS } from "../../../compute/feature-visualization/visualization-options.ts";
import type {
  FeatureVisualization,
  VisualizationAsked,
} from "../../../compute/feature-visualization/visualize-model.ts";
import type { Progress } from "../../../compute/job.ts";
import { buildElement, setText } from "../../chrome/build-element.ts";
import { settingControl } from "../../chrome/setting-control.ts";
import { formatCount, formatNumber } from "../../theme/numbers.ts";
import { giveFile } from "../../work/give-file.ts";
import { progressSentence } from "../../work/progress-sentence.ts";
import type { ViewStatus } from "../../work/view-status.ts";
import { visualizationFile } from "../figure/visualization-file.ts";
import type { FeatureMapGridSession, MapPixel } from "../session.ts";
import { type ComparedAnswers, excitementWords } from "./excitement-words.ts";
import { type VisualizationChoice, visualizationChoice, visualizationFields } from "./visualization-fields.ts";
import { askedOf, comparedAnswers, type OpenChannel, partName } from "./visualized-part.ts";

/** CSS px that the longer side has, as the pictures above it. */
const SIDE = 240;
const DRAW = "Draw what excites it most";

export interface GrowingOptions {
  readonly status: Pick<ViewStatus, "answer" | "showTask">;
  /** The pixel that a reader looks at. */
  pixel(): MapPixel;
  /** The most that the channel answers to any of the pictures, and how many these are; null: they were not searched. */
  searched(): ComparedAnswers["searched"];
}

export interface GrowingPicture {
  /** Begins it, and stops it. */
  readonly button: HTMLElement;
  /** The picture, what is answered to it, and how it is grown. */
  readonly element: HTMLElement;
  /** For this channel; what was grown for it before comes back, what grows for another is given up. */
  show(content: OpenChannel): void;
  /** Other pictures were searched: say what is answered to them. */
  tellAnew(): void;
}

/** The picture that excites the open channel most: grown when it is asked for, on show while it grows. */
export function growingPicture(
  session: FeatureMapGridSession,
  { status, pixel, searched }: GrowingOptions,
  signal: AbortSignal,
): GrowingPicture {
  const button = buildElement("button", {
    class: "ls-action",
    text: DRAW,
    attributes: { type: "button" },
  });
  const canvas = buildElement("canvas", { attributes: { role: "img" } });
  const stage = buildElement("div", { class: "ls-detail-stage", children: [canvas] });
  const words = buildElement("figcaption", { class: "ls-detail-told" });
  const save = buildElement("button", { class: "ls-action", text: "Save PNG", attributes: { type: "button" } });
  const figure = buildElement("figure", { class: "ls-map-grown-figure", children: [stage, words] });
  const chosen: VisualizationChoice = { ...visualizationChoice };
  const controls = visualizationFields.map((field) => {
    const control = settingControl(field, (value) => Object.assign(chosen, { [field.key]: value }));
    control.set(field.default);
    return control.element;
  });
  const how = buildElement("details", {
    class: "ls-details",
    children: [
      buildElement("summary", { text: "Steps and seed" }),
      buildElement("div", { class: "ls-map-grown-fields", children: controls }),
    ],
  });
  const element = buildElement("div", { class: "ls-map-grown", children: [how, figure] });
  figure.hidden = true;
  let content: OpenChannel | null = null;
  /** All that a picture depends on. */
  let about: readonly unknown[] = [];
  let shown: { readonly asked: VisualizationAsked; readonly grown: FeatureVisualization } | null = null;
  let isGrowing = false;
  let question = new AbortController();
  /** The reader wants no more steps, but what there is. */
  let cancelled = new AbortController();
  signal.addEventListener("abort", () => question.abort(), { once: true });

  const draw = (asked: VisualizationAsked, grown: FeatureVisualization): void => {
    shown = { asked, grown };
    const { data, width, height } = grown.pixels;
    const isFirst = figure.hidden;
    if (canvas.width !== width || canvas.height !== height || isFirst) {
      canvas.width = width;
      canvas.height = height;
      const scale = SIDE / Math.max(height, width);
      stage.style.width = `${Math.round(width * scale)}px`;
      stage.style.aspectRatio = `${width} / ${height}`;
      canvas.classList.toggle("ls-pixelated", scale > 1);
      figure.hidden = false;
    }
    canvas.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
    tell();
    // What a reader has asked for is in view once it begins to grow; where they go from there is theirs.
    if (isFirst && isGrowing) figure.scrollIntoView({ block: "nearest" });
  };
  const tell = (): void => {
    if (!shown || !content) return;
    const told = excitementWords(shown.grown, isGrowing, comparedAnswers(content, shown.asked, searched()));
    words.replaceChildren(...told.map((text) => buildElement("div", { text })), ...(isGrowing ? [] : [save]));
    canvas.setAttribute("aria-label", `What excites ${partName(content, shown.asked)} most. ${told.join(". ")}.`);
  };
  const clear = (): void => {
    shown = null;
    figure.hidden = true;
  };

  const setGrowing = (now: boolean): void => {
    isGrowing = now;
    setText(button, now ? "Stop drawing" : DRAW);
  };

  const grow = async (): Promise<void> => {
    if (!content) return;
    const before = shown;
    const asked = askedOf(content, chosen, pixel(), session.model);
    question.abort();
    question = new AbortController();
    const own = question;
    cancelled = new AbortController();
    const cancel = { name: "Cancel", run: () => cancelled.abort() };
    const start = performance.now();
    const onProgress = (progress: Progress): void => {
      if (!own.signal.aborted) status.showTask(progressSentence(progress, start, performance.now()), [cancel]);
    };
    const onPartial = (grown: FeatureVisualization): void => {
      if (!own.signal.aborted) draw(asked, grown);
    };
    setGrowing(true);
    try {
      const life = AbortSignal.any([own.signal, cancelled.signal]);
      const grown = await session.visualize(asked, { signal: life, onProgress, onPartial });
      if (own.signal.aborted) return;
      // A short one ends before anything of it was seen.
      draw(asked, grown);
      setGrowing(false);
      tell();
      const { steps = DEFAULT_STEPS } = asked.options;
      const isWhole = !grown.isStopped;
      status.answer(
        isWhole
          ? `Drawn; activation ${formatNumber(grown.activation)}.`
          : `Stopped at step ${formatCount(grown.steps)} of ${formatCount(steps)}.`,
      );
    } catch (thrown) {
      if (own.signal.aborted) return;
      const error = ComputeError.from(thrown);
      setGrowing(false);
      if (before) draw(before.asked, before.grown);
      else clear();
      status.answer(error.kind === "cancelled" ? "Stopped before the first step." : error.message);
    } finally {
      if (question === own) {
        setGrowing(false);
        status.showTask(null);
      }
    }
  };
  button.addEventListener("click", () => (isGrowing ? cancelled.abort() : void grow()), { signal });
  save.addEventListener(
    "click",
    () => {
      if (!shown || !content) return;
      const { grown, asked } = shown;
      const part = { name: partName(content, asked), model: session.shown?.model ?? "", seed: asked.options.seed ?? 0 };
      void giveFile(session.host, () => visualizationFile(grown, part), status.answer);
    },
    { signal },
  );

  return {
    button,
    element,
    show(next) {
      const { model, props } = session;
      const { layer, channel } = next;
      button.hidden = model === null;
      element.hidden = model === null;
      content = next;
      const now = [layer.tensor, channel, model?.facts, props.preprocessing];
      if (now.length === about.length && now.every((one, at) => one === about[at])) {
        tell();
        return;
      }
      about = now;
      question.abort();
      setGrowing(false);
      const asked = askedOf(next, chosen, pixel(), session.model);
      const known = session.visualized(asked);
      if (known) draw(asked, known);
      else clear();
    },
    tellAnew: tell,
  };
}
