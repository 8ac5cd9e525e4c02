import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";
import { BLENDS, SALIENCY_COLORMAPS, type SaliencyOverlayProps, saliencyOverlayDefaults, UNDERLAYS } from "../props.ts";
import { isSlideflow } from "../scale-words.ts";

type Drawing = Pick<
  SaliencyOverlayProps,
  "colormap" | "under" | "blend" | "opacity" | "percentile" | "contours" | "top" | "maps"
>;

const ALL = 100;
const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** How maps are drawn, which takes no computing: those settings that count for one another. */
export function drawingFields({ under, blend, maps }: Drawing): readonly SettingField[] {
  const { colormap, opacity, percentile, contours } = saliencyOverlayDefaults;
  const isOver = under === "picture";
  const hasOneColormap = isSlideflow({ under, blend });
  const number = { kind: "number", live: true } as const;
  const fields: readonly (SettingField | false)[] = [
    !hasOneColormap && {
      key: "colormap",
      label: "colormap",
      kind: "choice",
      options: choices(SALIENCY_COLORMAPS),
      default: colormap,
      applies: "now",
      help: "signed: what speaks for the class and what against it, zero in the middle.",
    },
    {
      key: "under",
      label: "under the map",
      kind: "choice",
      options: UNDERLAYS.map((value) => ({ value, label: value === "picture" ? "picture" : "nothing" })),
      default: saliencyOverlayDefaults.under,
      applies: "now",
      help: "nothing: the map alone.",
    },
    isOver && {
      key: "blend",
      label: "blend",
      kind: "choice",
      options: choices(BLENDS),
      default: saliencyOverlayDefaults.blend,
      applies: "now",
      help: "layerscope: over the picture in grey, the more the stronger the map is. slideflow: Slideflow's bytes.",
    },
    isOver &&
      !hasOneColormap && {
        ...number,
        key: "opacity",
        label: "opacity",
        min: 0,
        max: 1,
        step: 0.05,
        default: opacity,
        help: "Of the map where it is strongest.",
      },
    maps === null && {
      ...number,
      key: "percentile",
      label: "percentile",
      min: 50,
      max: 100,
      step: 0.5,
      default: percentile,
      help: "Of a hundred places so many lie below the brightest colour.",
    },
    {
      ...number,
      key: "top",
      label: "top %",
      min: 1,
      max: ALL,
      step: 1,
      default: ALL,
      help: "The map of the most salient places alone.",
    },
    {
      key: "contours",
      label: "contours",
      kind: "toggle",
      default: contours,
      applies: "now",
      help: "Lines around what is above a quarter, a half and three quarters of the scale.",
    },
  ];
  return fields.filter((field) => field !== false);
}

export function drawingValues({ colormap, under, blend, opacity, percentile, contours, top }: Drawing): SettingValues {
  return { colormap, under, blend, opacity, percentile, contours, top: top ?? ALL };
}

/** What a value of the panel means; null: it is none of these settings. */
export function drawingSetting(key: string, value: string | number | boolean): Partial<SaliencyOverlayProps> | null {
  if (key === "top") return { top: value === ALL ? null : Number(value) };
  return ["colormap", "under", "blend", "opacity", "percentile", "contours"].includes(key) ? { [key]: value } : null;
}
