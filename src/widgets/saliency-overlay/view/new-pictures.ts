import type { Frame } from "../../chrome/frame.ts";
import type { MenuItem } from "../../chrome/menu.ts";
import { pictureInput } from "../../chrome/picture-input.ts";
import type { SaliencyOverlaySession } from "../session.ts";

export interface NewPictures {
  /** The hidden picker. */
  readonly element: HTMLElement;
  /** Where pictures can come from, and the way to the next of those that are there. */
  items(): readonly MenuItem[];
}

/**
 * Pictures that a reader gives.
 *
 * @param answer Told why one can't be had, for the status line.
 */
export function newPictures(
  session: SaliencyOverlaySession,
  frame: Frame,
  answer: (text: string) => void,
  signal: AbortSignal,
): NewPictures {
  const input = pictureInput(
    frame,
    {
      // Of a saved picture alone there is nobody to ask about another.
      canTake: () => session.props.model !== null,
      give: (picture, name) => session.give(picture, name),
      answer,
    },
    signal,
  );
  const stepItem = (name: string, by: -1 | 1): MenuItem => {
    return { name, disabled: !session.beside(by), separated: by < 0, run: () => session.step(by) };
  };
  return {
    element: input.element,
    items: () => [
      ...input.items(),
      ...(session.pictures.all.length > 1
        ? [stepItem("The picture before", -1), stepItem("The picture after", 1)]
        : []),
    ],
  };
}
