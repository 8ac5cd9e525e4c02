import type { TooltipContent } from "../../chrome/tooltip.ts";
import { formatNumber } from "../../theme/numbers.ts";
import { mapValues } from "../data/map-values.ts";
import type { MapColumn, SaliencyPicture, ShownMap, ShownSaliency } from "../data/shown-saliency.ts";
import { type MapPixel, type PlaceValues, placeValues } from "../plot/place-values.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { PanelPoint } from "./map-panel.ts";
import { classOf } from "./overlay-words.ts";

type Look = Pick<SaliencyOverlayProps, "percentile" | "colormap" | "under" | "blend">;

/** The place of a map that a place of its panel is of. */
export function pixelOf({ height, width }: Pick<ShownMap, "height" | "width">, { x, y }: PanelPoint): MapPixel {
  const within = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return { row: within(y, height), column: within(x, width) };
}

/** The middle of a map's place, in its panel. */
export function pointOf({ height, width }: Pick<ShownMap, "height" | "width">, { row, column }: MapPixel): PanelPoint {
  return { x: (column + 0.5) / width, y: (row + 0.5) / height };
}

/** What the tooltip says of a place: of the map under the pointer all, of a picture's maps each its value. */
export function overlayTooltip(
  shown: ShownSaliency,
  { picture, column }: { readonly picture: number; readonly column: number | null },
  point: PanelPoint,
  look: Look,
): TooltipContent | null {
  const its = shown.pictures[picture];
  if (!its) return null;
  const one = column ?? (shown.columns.length === 1 ? 0 : null);
  if (one !== null) return ofMap(shown, its, one, point, look);
  const values = shown.columns.flatMap((each, at) => {
    const map = its.maps[at];
    return map ? [{ name: each.name, text: formatNumber(valuesAt(map, each, point, look).value) }] : [];
  });
  const { row, column: across } = pixelOf(its.pixels, point);
  return { name: its.name, notes: [`row ${row}, column ${across}`], values };
}

function ofMap(
  shown: ShownSaliency,
  picture: SaliencyPicture,
  at: number,
  point: PanelPoint,
  look: Look,
): TooltipContent | null {
  const map = picture.maps[at];
  const column = shown.columns[at];
  if (!map || !column) return null;
  const { value, percentile, signed } = valuesAt(map, column, point, look);
  const { row, column: across } = pixelOf(map, point);
  const given = column.method === null;
  return {
    name: classOf(shown, picture, at) || column.name,
    notes: [`row ${row}, column ${across}`],
    values: [
      { name: "value", text: formatNumber(value) },
      { name: "percentile", text: formatNumber(Math.round(10 * percentile) / 10) },
      ...(given ? [] : [{ name: "signed", text: formatNumber(signed) }]),
    ],
  };
}

/** A map as it is drawn, made once for as long as it is drawn so: a pointer asks at every pixel. */
const drawn = new WeakMap<ShownMap, { readonly look: string; readonly values: Float32Array }>();

function valuesAt(map: ShownMap, column: MapColumn, point: PanelPoint, look: Look): PlaceValues {
  const key = [look.percentile, look.colormap, look.under, look.blend].join();
  const kept = drawn.get(map);
  const values = kept?.look === key ? kept.values : mapValues(map, column, look);
  drawn.set(map, { look: key, values });
  return placeValues(map, values, pixelOf(map, point));
}

/** The same in a sentence, for those who walk by keys. */
export function overlaySentence({ name, values = [], notes = [] }: TooltipContent): string {
  return [name, ...notes, ...values.map(({ name: what, text }) => `${what} ${text}`)].join(", ");
}
