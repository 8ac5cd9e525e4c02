import { rowCard } from "../chrome/row-card.ts";
import { type TooltipContent, tooltip } from "../chrome/tooltip.ts";
import type { RowFacts } from "./row-facts.ts";
import type { RowPictures } from "./row-pictures.ts";

export interface Mark {
  /** CSS px of the body. */
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

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
}

/** The two places that tell about one row: the tooltip at the pointer and the card in the side column. */
export function rowDetails(body: HTMLElement, sources: Sources, signal: AbortSignal): RowDetails {
  const tip = tooltip(body, sources.ink, signal);
  const card = rowCard();
  const contentOf = (row: number, pictures: RowPictures): TooltipContent => {
    const facts = sources.facts();
    const label = facts.classOf(row);
    const picture = pictures.expected;
    return {
      name: facts.name(row),
      values: facts.values(row),
      ...(label ? { class: label } : {}),
      ...(picture ? { picture } : {}),
    };
  };
  const tipContent = (row: number): TooltipContent => {
    const { picture, ...words } = contentOf(row, sources.hovered);
    const side = sources.pictureSide?.();
    const notes = sources.notes?.(row) ?? [];
    if (!picture || side === 0) return { ...words, notes };
    return { ...words, notes, picture: { ...picture, ...(side === undefined ? {} : { side }) } };
  };
  return {
    card: card.element,
    hover(row, mark) {
      if (row < 0) {
        sources.hovered.cancel();
        tip.hide();
        return;
      }
      tip.show(mark, tipContent(row));
      sources.hovered.ask(row, (picture, resized) => {
        if (resized) tip.show(mark, tipContent(row));
        tip.setPicture(picture);
      });
    },
    look(row) {
      if (row < 0) {
        sources.current.cancel();
        card.show(null);
        return;
      }
      card.show(contentOf(row, sources.current));
      sources.current.ask(row, (picture, resized) => {
        if (resized) card.show(contentOf(row, sources.current));
        card.setPicture(picture);
      });
    },
  };
}
