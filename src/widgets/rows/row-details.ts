import { type RowCardContent, rowCard } from "../chrome/row-card.ts";
import { type TooltipContent, tooltip } from "../chrome/tooltip.ts";
import type { RowFacts } from "./row-facts.ts";
import type { RowPictures, Size } from "./row-pictures.ts";

/** Said of a picture that was seen small and can't be had any more. */
const GONE = "The picture itself is no longer there.";

export interface Mark {
  /** CSS px of the body. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** A picture as a widget draws it, as small as it is kept for that. */
export type DrawnPicture = CanvasImageSource & Size;

export interface RowDetails {
  /** The current row's card, for the side column. */
  readonly card: HTMLElement;
  /** Show or hide (row -1) the tooltip of a row at its mark. */
  hover(row: number, mark: Mark): void;
  /** Show the current row's card; -1: none. */
  look(row: number): void;
}

interface Sources {
  readonly facts: () => RowFacts;
  /** One for the tooltip and one for the card: each asks for another row. */
  readonly hovered: RowPictures;
  readonly current: RowPictures;
  readonly ink: () => { readonly bars: string; readonly tick: string };
  /** What else the tooltip says of a row. */
  readonly notes?: (row: number) => readonly string[];
  /** Longer side of the tooltip's picture, CSS px; 0: none is shown, as the mark is as large. */
  readonly pictureSide?: () => number;
  /** What the widget draws of a row's picture: it stands for this one until that is here, or where it can't be had. */
  readonly drawn?: (row: number) => DrawnPicture | null;
}

/** The two places that tell about one row: the tooltip at the pointer and the card in the side column. */
export function rowDetails(body: HTMLElement, sources: Sources, signal: AbortSignal): RowDetails {
  const tip = tooltip(body, sources.ink, signal);
  const card = rowCard();
  const contentOf = (row: number, picture: Size | null): TooltipContent => {
    const facts = sources.facts();
    const label = facts.classOf(row);
    return {
      name: facts.name(row),
      values: facts.values(row),
      ...(label ? { class: label } : {}),
      ...(picture ? { picture: { width: picture.width, height: picture.height } } : {}),
    };
  };
  const tipContent = (row: number, place: Size | null, isGone = false): TooltipContent => {
    const { picture, ...words } = contentOf(row, place);
    const side = sources.pictureSide?.();
    const notes = [...(sources.notes?.(row) ?? []), ...(isGone ? [GONE] : [])];
    if (!picture || side === 0) return { ...words, notes };
    return { ...words, notes, picture: { ...picture, ...(side === undefined ? {} : { side }) } };
  };
  const cardContent = (row: number, place: Size | null, isGone = false): RowCardContent => ({
    ...contentOf(row, place),
    ...(isGone ? { note: GONE } : {}),
  });
  const fill = (
    row: number,
    pictures: RowPictures,
    target: { show(place: Size | null, isGone?: boolean): void; setPicture(picture: DrawnPicture): void },
  ): void => {
    const drawn = sources.drawn?.(row) ?? null;
    target.show(pictures.expected);
    if (drawn && isAlike(drawn, pictures.expected)) target.setPicture(drawn);
    pictures.ask(row, {
      came(picture, resized) {
        if (resized) target.show(pictures.expected);
        target.setPicture(picture);
      },
      missed() {
        target.show(drawn, drawn !== null);
        if (drawn) target.setPicture(drawn);
      },
    });
  };
  return {
    card: card.element,
    hover(row, mark) {
      if (row < 0) {
        sources.hovered.cancel();
        tip.hide();
        return;
      }
      fill(row, sources.hovered, {
        show: (place, isGone) => tip.show(mark, tipContent(row, place, isGone)),
        setPicture: tip.setPicture,
      });
    },
    look(row) {
      if (row < 0) {
        sources.current.cancel();
        card.show(null);
        return;
      }
      fill(row, sources.current, {
        show: (place, isGone) => card.show(cardContent(row, place, isGone)),
        setPicture: card.setPicture,
      });
    },
  };
}

/** One can be drawn in the place of the other without its shape being lost. */
function isAlike(picture: Size, place: Size | null): boolean {
  if (!place) return false;
  const [one, other] = [picture.width * place.height, picture.height * place.width];
  return Math.abs(one - other) <= Math.max(picture.width, picture.height, place.width, place.height);
}
