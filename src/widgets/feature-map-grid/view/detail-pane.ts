import { buildElement } from "../../chrome/build-element.ts";
import type { ViewStatus } from "../../work/view-status.ts";
import { layersOf, type PictureMaps } from "../data/shown-maps.ts";
import { type Detail, type DetailPixel, mountDetail } from "../detail/mount-detail.ts";
import type { FeatureMapGridSession } from "../session.ts";
import { excitingList } from "./exciting-list.ts";
import { levelsOf } from "./grid-look.ts";
import { growingPicture } from "./growing-picture.ts";
import type { InputFigure } from "./input-figure.ts";

export interface DetailPaneOptions {
  readonly inputs: readonly InputFigure[];
  readonly status: Pick<ViewStatus, "answer" | "showTask">;
  colors(): Uint8Array;
  /** The pixel on show: what it saw is drawn on the picture. */
  onPixel(pixel: DetailPixel): void;
  onStep(by: -1 | 1): void;
  onClose(): void;
}

export interface DetailPane {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  /**
   * Show the channel that is open, or nothing.
   *
   * @param input The picture whose answer it is, 0 or 1.
   */
  follow(input: number): void;
  /** The picture that it answers to; null while nothing is open. */
  readonly picture: PictureMaps | null;
  readonly pixel: DetailPixel | null;
  focus(): void;
}

/** The channel that is open, over the grid. */
export function detailPane(
  session: FeatureMapGridSession,
  options: DetailPaneOptions,
  signal: AbortSignal,
): DetailPane {
  const element = buildElement("div", { class: "ls-map-detail" });
  element.hidden = true;
  let detail: Detail | null = null;
  let picture: PictureMaps | null = null;
  const exciting = excitingList(session, options.status, () => growing.tellAnew(), signal);
  const growing = growingPicture(
    session,
    {
      status: options.status,
      pixel: () => detail?.pixel ?? { row: 0, column: 0 },
      searched: () => exciting.searched,
    },
    signal,
  );

  const mount = (): Detail => {
    const made = mountDetail(
      element,
      {
        async explain(pixel, life) {
          const { opened } = session;
          const layer = opened && picture?.maps.layers[opened.layer];
          if (!opened || !layer || !picture) throw new DOMException("Closed.", "AbortError");
          return session.explain(picture, layer, opened.channel, pixel, { signal: life });
        },
        kernels: async (layer, life) => session.kernels(layer, { signal: life }),
        onPixel: options.onPixel,
        onStep: options.onStep,
        onChannel(channel) {
          const { opened } = session;
          if (opened && channel < (layersOf(session.shown)[opened.layer]?.channels ?? 0))
            session.open({ layer: opened.layer, channel });
        },
        onClose: options.onClose,
      },
      signal,
    );
    made.slot.append(exciting.element, growing.button, growing.element);
    return made;
  };

  return {
    element,
    get isOpen() {
      return picture !== null;
    },
    get picture() {
      return picture;
    },
    get pixel() {
      return picture && (detail?.pixel ?? null);
    },
    follow(input) {
      const { opened, shown, props } = session;
      const place = shown && shown.pictures.length > input ? input : 0;
      picture = (opened && shown?.pictures[place]) ?? null;
      const layer = opened && picture?.maps.layers[opened.layer];
      const canvas = options.inputs[place]?.canvas;
      element.hidden = !layer;
      if (!layer || !opened || !picture || !shown || !canvas) {
        picture = null;
        return;
      }
      detail ??= mount();
      exciting.show(layer, opened.channel);
      detail.show({
        layer,
        channel: opened.channel,
        model: session.model?.facts ?? null,
        levels: levelsOf(layer, opened.channel, props.normalize),
        colors: options.colors(),
        picture: canvas,
        input: picture.maps.input,
        pictureName: picture.name,
        colorOrder: shown.colorOrder,
      });
      growing.show({ layer, channel: opened.channel, picture });
    },
    focus() {
      detail?.focus();
      // What is large is below its name, which is not to be scrolled away.
      element.scrollTop = 0;
    },
  };
}
