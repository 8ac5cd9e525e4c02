import { buildElement } from "../../chrome/build-element.ts";
import { pictureChoice } from "../../chrome/picture-choice.ts";
import type { ListedPicture } from "../../models/picture-list.ts";
import { layersOf, type ShownMaps } from "../data/shown-maps.ts";
import { type InputFigure, inputFigure } from "./input-figure.ts";
import { type LayerRail, layerRail } from "./layer-rail.ts";

export interface SidePaneOptions {
  onLayer(layer: number): void;
  /** Another picture in the place of the first or the second one. */
  onPicture(picture: ListedPicture, place: 0 | 1): void;
}

export interface SidePane {
  /** What stays in view: the pictures, and the rail. */
  readonly elements: readonly HTMLElement[];
  readonly inputs: readonly [InputFigure, InputFigure];
  readonly rail: LayerRail;
  show(shown: ShownMaps | null): void;
  /** The pictures that there are, and those that are wanted. */
  showChoice(pictures: readonly ListedPicture[], wanted: readonly ListedPicture[]): void;
}

/** What stands at the left of the grid and stays in view: the pictures that the model is asked about, and its layers. */
export function sidePane(options: SidePaneOptions, signal: AbortSignal): SidePane {
  const inputs = [inputFigure(), inputFigure()] as const;
  const choices = [
    pictureChoice("Picture", (picture) => options.onPicture(picture, 0), signal),
    pictureChoice("Second picture", (picture) => options.onPicture(picture, 1), signal),
  ] as const;
  const holders = inputs.map(({ element }, place) =>
    buildElement("div", { class: "ls-map-chosen", children: [element, choices[place]?.element ?? null] }),
  );
  const rail = layerRail(options.onLayer, signal);
  const pictures = buildElement("div", { class: "ls-map-inputs", children: holders });
  return {
    elements: [pictures, rail.element],
    inputs,
    rail,
    show(shown) {
      pictures.hidden = shown === null;
      for (const [place, input] of inputs.entries()) {
        const picture = shown?.pictures[place];
        if (picture) input.show(picture);
        const holder = holders[place];
        if (holder) holder.hidden = picture === undefined;
      }
      rail.show(layersOf(shown));
    },
    showChoice(all, wanted) {
      for (const [place, choice] of choices.entries()) choice.show(all, wanted[place]);
    },
  };
}
