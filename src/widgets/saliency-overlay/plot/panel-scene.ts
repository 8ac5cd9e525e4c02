import { greyPixels } from "../../../compute/saliency/drawing/overlay-pixels.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import { mapValues } from "../data/map-values.ts";
import type { MapPlace, SaliencyPicture, ShownMap, ShownSaliency } from "../data/shown-saliency.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { isSignedScale } from "../scale-words.ts";
import { type ContourLine, contourLines } from "./contour-lines.ts";
import type { PanelSize } from "./panel-layout.ts";
import { type PanelLook, panelPixels } from "./panel-pixels.ts";

/** One panel as it is drawn. */
export interface ScenePanel {
  readonly kind: "picture" | "map" | "edge";
  /** Which picture's, by its row. */
  readonly picture: number;
  /** Which map; null: the picture alone. */
  readonly column: number | null;
  readonly pixels: InputPixels;
  /** What is seen left of the sliding edge; null: there is none. */
  readonly beside: InputPixels | null;
  readonly contours: readonly ContourLine[];
  /** Of the map that the contours are of. */
  readonly contourSize: PanelSize;
}

/** A line of panels a picture. */
export type PanelScene = readonly (readonly ScenePanel[])[];

export type SceneLook = PanelLook & Pick<SaliencyOverlayProps, "arrangement" | "contours">;

/** What stands for a picture while the eraser is at it, and for which. */
export interface ErasedPicture {
  readonly place: MapPlace;
  readonly pixels: InputPixels;
}

/** Everything on show as panels: of each picture itself, where it stands beside its maps, and its maps. */
export function panelScene(
  { pictures, columns }: Pick<ShownSaliency, "pictures" | "columns">,
  look: SceneLook,
  erased: ErasedPicture | null = null,
): PanelScene {
  return pictures.map((picture, row) => {
    const seen = erased?.place.picture === row ? erased.pixels : picture.pixels;
    const maps = columns.map((column, at): ScenePanel => {
      const map = picture.maps[at] ?? null;
      const isErased = erased?.place.picture === row && erased.place.column === at;
      // Beside its picture a map stays as it is: that is where the eraser works.
      const under = isErased && look.arrangement === "overlay" ? { ...picture, pixels: seen } : picture;
      return {
        kind: look.arrangement === "edge" ? "edge" : "map",
        picture: row,
        column: at,
        pixels: map ? { ...picture.pixels, data: panelPixels(under.pixels, map, column, look) } : waiting(picture),
        beside: look.arrangement === "edge" ? (isErased ? seen : picture.pixels) : null,
        contours: map && look.contours ? contourLines(mapValues(map, column, look), map, isSignedScale(look)) : [],
        contourSize: sizeOf(map ?? picture.pixels),
      };
    });
    if (look.arrangement !== "side") return maps;
    const alone = { kind: "picture", picture: row, column: null, pixels: seen, beside: null } as const;
    return [{ ...alone, contours: [], contourSize: sizeOf(seen) }, ...maps];
  });
}

/** A map that is still to come: the picture in grey keeps its place. */
function waiting({ pixels }: SaliencyPicture): InputPixels {
  return { ...pixels, data: greyPixels(pixels.data) as Uint8ClampedArray<ArrayBuffer> };
}

function sizeOf({ width, height }: Pick<ShownMap, "width" | "height">): PanelSize {
  return { width, height };
}
