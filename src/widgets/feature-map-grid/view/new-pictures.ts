import type { Frame } from "../../chrome/frame.ts";
import type { MenuItem } from "../../chrome/menu.ts";
import { pictureInput } from "../../chrome/picture-input.ts";
import type { FeatureMapGridSession } from "../session.ts";

export interface NewPictures {
  /** The hidden picker. */
  readonly element: HTMLElement;
  /** Where pictures can come from, and whether two are compared. */
  items(): readonly MenuItem[];
}

/**
 * Pictures that a reader gives; of two that are compared they are the first, but for one that is picked as the second.
 *
 * @param answer Told why one can't be had, for the status line.
 */
export function newPictures(
  session: FeatureMapGridSession,
  frame: Frame,
  answer: (text: string) => void,
  signal: AbortSignal,
): NewPictures {
  /** Where the picture goes that is picked. */
  let place: 0 | 1 = 0;
  const input = pictureInput(
    frame,
    {
      // Of a saved picture alone there is nobody to ask about another.
      canTake: () => session.props.model !== null,
      give: (picture, name, isPicked) => session.give(picture, name, isPicked ? place : 0),
      answer,
    },
    signal,
  );
  const pickFor = (to: 0 | 1): void => {
    place = to;
    input.pick();
  };
  const compare = (): void => {
    const { all } = session.pictures;
    const [first] = session.wanted;
    const other = all.find(({ key }) => key !== first?.key);
    if (other) session.show(other, 1);
    else pickFor(1);
  };
  return {
    element: input.element,
    items: () => [
      ...input.items(() => pickFor(0)),
      session.wanted.length > 1
        ? { name: "Show one picture", separated: true, run: () => session.showOne() }
        : { name: "Compare with another picture", separated: true, run: compare },
    ],
  };
}
