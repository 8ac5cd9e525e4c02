import { NORMALIZATIONS } from "../../../compute/feature-maps/stretch.ts";
import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";
import { layersText, readLayers } from "../data/layers-text.ts";
import { colormaps, type FeatureMapGridProps, featureMapGridDefaults } from "../props.ts";
import { sortNames } from "./sort-items.ts";

/** As many as suit the width. */
const AUTO = "auto";
const COLUMNS = [4, 8, 12, 16, 24, 32];

const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));

/** What a reader may change in the panel, by the names that Python has for it; all of it takes effect at once. */
export function settingFields({ columns }: Pick<FeatureMapGridProps, "columns">): readonly SettingField[] {
  const counts = [...new Set([...COLUMNS, ...(columns === null ? [] : [columns])])].sort((a, b) => a - b);
  return [
    {
      key: "normalize",
      label: "normalize",
      kind: "choice",
      options: choices(NORMALIZATIONS),
      default: featureMapGridDefaults.normalize,
      applies: "now",
      help: "zscore: each channel by its mean and deviation. minmax: each channel from its least to its most. layer: all channels of a layer alike. signed: alike, zero in the middle.",
    },
    {
      key: "colormap",
      label: "colormap",
      kind: "choice",
      options: choices(colormaps),
      default: featureMapGridDefaults.colormap,
      applies: "now",
      help: "Signed numbers have colours of their own.",
    },
    {
      key: "columns",
      label: "columns",
      kind: "choice",
      options: choices([AUTO, ...counts.map(String)]),
      default: AUTO,
      applies: "now",
      help: "Pictures in a row; auto: 16 where they have room, else 8.",
    },
    {
      key: "sort",
      label: "sort",
      kind: "choice",
      options: Object.entries(sortNames).map(([value, label]) => ({ value, label: label.toLowerCase() })),
      default: featureMapGridDefaults.sort,
      applies: "now",
      help: "In which order a layer's channels stand; but for their number, what has most of it comes first.",
    },
    {
      key: "layers",
      label: "layers",
      kind: "text",
      default: layersText(featureMapGridDefaults.layers),
      applies: "now",
      help: "How many of the first layers; or their names or numbers, with commas between; or all.",
      read(typed) {
        const layers = readLayers(typed);
        return layers === undefined ? null : layersText(layers);
      },
    },
  ];
}

export function settingValues({ normalize, colormap, columns, sort, layers }: FeatureMapGridProps): SettingValues {
  return { normalize, colormap, columns: columns === null ? AUTO : String(columns), sort, layers: layersText(layers) };
}

/** What a value of the panel means. */
export function settingOf(key: string, value: string): Partial<FeatureMapGridProps> {
  if (key === "columns") return { columns: value === AUTO ? null : Number(value) };
  if (key === "layers") return { layers: readLayers(value) ?? null };
  return { [key]: value };
}
