import { buildElement, setText } from "../../chrome/build-element.ts";
import { pictureChoice } from "../../chrome/picture-choice.ts";
import { formatCount } from "../../theme/numbers.ts";
import { className } from "../data/class-names.ts";
import type { Faithfulness, MapPlace } from "../data/shown-saliency.ts";
import { erasedPixels } from "../plot/erased-pixels.ts";
import type { ErasedPicture } from "../plot/panel-scene.ts";
import type { SaliencyOverlaySession } from "../session.ts";
import { classPicker, type ListedClass } from "./class-picker.ts";
import { eraser } from "./eraser.ts";

export interface ClassSideOptions {
  /** The list of all classes is asked for. */
  onMore(classes: readonly ListedClass[]): void;
  /** More or less is erased: the picture is to be drawn. */
  onErase(): void;
  /** A map is to be judged; it is awaited, and whatever keeps it from that is told. */
  judge(place: MapPlace): Promise<void>;
  announce(sentence: string): void;
}

export interface ClassSide {
  readonly elements: readonly HTMLElement[];
  /** There is nothing beside the panels. */
  readonly isEmpty: boolean;
  /** What stands for a picture while the eraser is at it. */
  readonly erased: ErasedPicture | null;
  show(current: MapPlace): void;
  /** Put everything back that was erased. */
  restore(): void;
}

/** What stands beside the panels: which picture, its classes, and the eraser. */
export function classSide(session: SaliencyOverlaySession, options: ClassSideOptions, signal: AbortSignal): ClassSide {
  let current: MapPlace = { picture: 0, column: 0 };
  let classes: readonly ListedClass[] = [];
  /** The map that is being judged: its slider stays where it was put meanwhile. */
  let judging: MapPlace | null = null;
  const choice = pictureChoice("Picture", (picture) => session.show(picture), signal);
  const count = buildElement("span", { class: "ls-class-share" });
  const heading = buildElement("h3", { class: "ls-legend-title", text: "Picture" });
  const chosen = buildElement("div", {
    class: "ls-chosen-picture",
    children: [buildElement("div", { class: "ls-side-head", children: [heading, count] }), choice.element],
  });
  const picker = classPicker(
    {
      onChoose(classIdx, isAdded) {
        const now = picture()?.classes.filter((each) => each !== null) ?? [];
        const asked = session.props.classIdx ?? now;
        if (isAdded) session.choose({ classIdx: [...new Set([...asked, classIdx])] });
        else session.chooseClass(classIdx);
      },
      onLikeliest: () => session.chooseClass(null),
      onMore: () => options.onMore(classes),
    },
    signal,
  );
  const tool = eraser(
    {
      onTouch: () => void judge(),
      onStep() {
        showClasses();
        options.onErase();
        sayErased();
      },
    },
    signal,
  );
  const judgedNow = (): Faithfulness | null => session.faithfulnessOf(current);
  const picture = () => session.shown?.pictures[current.picture] ?? null;

  function showClasses(): void {
    const { shown, props } = session;
    const its = picture();
    if (!shown || !its || its.probabilities.length === 0) {
      classes = [];
      picker.show(null);
      return;
    }
    classes = [...its.probabilities]
      .map((share, classIdx) => ({ classIdx, name: className(shown.classNames, classIdx), share }))
      .sort((one, other) => other.share - one.share);
    const chosen = new Set(its.classes.filter((each) => each !== null));
    const judged = judgedNow();
    const classIdx = its.classes[current.column] ?? null;
    const share = judged?.deletion[tool.step];
    const erased = tool.step > 0 && classIdx !== null && share !== undefined ? { classIdx, share } : null;
    const name = shown.pictures.length > 1 ? its.name : "";
    picker.show({ picture: name, classes, chosen, isAsked: props.classIdx !== null, erased });
  }

  function showEraser(): void {
    const map = picture()?.maps[current.column] ?? null;
    // What is still being made is judged when it is there; without its model nobody can.
    const canJudge = map !== null && !map.isPartial && (session.model !== null || judgedNow() !== null);
    const name = session.shown?.columns[current.column]?.name ?? "";
    tool.show(canJudge ? { name, judged: judgedNow() } : null);
  }

  async function judge(): Promise<void> {
    if (isSame(judging, current)) return;
    const place = current;
    judging = place;
    await options.judge(place);
    if (judging !== place) return;
    judging = null;
    if (!isSame(place, current)) return;
    if (judgedNow()) sayErased();
    else restore();
  }

  function restore(): void {
    if (tool.step > 0) tool.setStep(0);
  }

  function sayErased(): void {
    const judged = judgedNow();
    const classIdx = picture()?.classes[current.column] ?? null;
    const share = judged?.deletion[tool.step];
    const listed = classes.find((each) => each.classIdx === classIdx);
    if (listed && share !== undefined) options.announce(`${listed.name} ${share.toFixed(2)}`);
  }

  return {
    elements: [chosen, picker.element, tool.element],
    get isEmpty() {
      return chosen.hidden && picker.element.hidden && tool.element.hidden;
    },
    get erased() {
      const judged = judgedNow();
      const its = picture();
      const share = judged?.shares[tool.step] ?? 0;
      if (!judged || !its || share === 0) return null;
      return { place: current, pixels: erasedPixels(its.pixels, judged, share) };
    },
    show(place) {
      current = place;
      // Without a model there is nothing to ask another picture about.
      const all = session.props.model ? session.pictures.all : [];
      const isOne = session.wanted.length === 1;
      choice.show(isOne || all.length > session.wanted.length ? all : [], isOne ? session.wanted[0] : undefined);
      chosen.hidden = choice.element.hidden;
      setText(count, `of ${formatCount(all.length)}`);
      // What was erased was of another map.
      if (!isSame(judging, current) && !judgedNow()) restore();
      showEraser();
      showClasses();
    },
    restore,
  };
}

function isSame(one: MapPlace | null, other: MapPlace): boolean {
  return one?.picture === other.picture && one.column === other.column;
}
