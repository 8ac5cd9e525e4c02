import type { SettingField, SettingValues } from "../../chrome/settings-fields.ts";
import { formatCount } from "../../theme/numbers.ts";
import { classMarks, type MosaicProps, mosaicDefaults, normalizers, SLIDEFLOW_GREY, tileSelects } from "../props.ts";

/** A choice that stands for null. */
const NONE = "none";
const PAGE = "page";
const MOST_COLUMNS = 200;

type Settings = Pick<
  MosaicProps,
  "numTilesX" | "tileSelect" | "maxDist" | "expanded" | "classMarks" | "classNames" | "background" | "normalizer"
>;

/** What a reader may change in the panel, by the names that Python has for it; all of it takes effect at once. */
export function settingFields({ tileMeta, background, numTilesX, maxDist }: MosaicProps): readonly SettingField[] {
  const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
  const other = background === null || background === SLIDEFLOW_GREY ? [] : [background];
  return [
    {
      key: "numTilesX",
      label: "num_tiles_x",
      kind: "number",
      min: Math.min(2, numTilesX),
      max: Math.max(MOST_COLUMNS, numTilesX),
      step: 1,
      scale: "log",
      default: mosaicDefaults.numTilesX,
      live: true,
      help: `Cells across. Above ${formatCount(MOST_COLUMNS)}, zoom: cells split as they grow.`,
    },
    {
      key: "tileSelect",
      label: "tile_select",
      kind: "choice",
      options: choices(tileSelects.filter((select) => select !== "centroid" || tileMeta)),
      default: mosaicDefaults.tileSelect,
      applies: "now",
      help: "Which of a cell's tiles stands for it.",
    },
    {
      key: "maxDist",
      label: "max_dist",
      kind: "number",
      min: 0,
      max: Math.max(1, maxDist ?? 0),
      step: 0.05,
      default: 0,
      applies: "now",
      help: "Tiles so many cells from the centre, or further, don't stand for it; 0: all may.",
    },
    {
      key: "expanded",
      label: "expanded",
      kind: "toggle",
      default: mosaicDefaults.expanded,
      applies: "now",
      help: "Empty cells take a tile from their neighbours.",
    },
    {
      key: "classMarks",
      label: "class marks",
      kind: "choice",
      options: choices(classMarks),
      default: mosaicDefaults.classMarks,
      applies: "now",
      help: "How tiles show the commonest class of their cell.",
    },
    {
      key: "classNames",
      label: "class names",
      kind: "toggle",
      default: mosaicDefaults.classNames,
      applies: "now",
      help: "Written where most of a class lies, of up to twelve classes.",
    },
    {
      key: "background",
      label: "background",
      kind: "choice",
      options: [{ value: PAGE, label: PAGE }, { value: SLIDEFLOW_GREY, label: "grey" }, ...choices(other)],
      default: PAGE,
      applies: "now",
      help: "What is behind the tiles; grey is Slideflow's.",
    },
    {
      key: "normalizer",
      label: "normalizer",
      kind: "choice",
      options: choices([NONE, ...normalizers]),
      default: NONE,
      applies: "now",
      help: "Stain normalisation, for display alone.",
    },
  ];
}

export function settingValues(props: Settings): SettingValues {
  const { numTilesX, tileSelect, maxDist, expanded, classMarks: marks, classNames, background, normalizer } = props;
  return {
    numTilesX,
    tileSelect,
    maxDist: maxDist ?? 0,
    expanded,
    classMarks: marks,
    classNames,
    background: background ?? PAGE,
    normalizer: normalizer ?? NONE,
  };
}

/** What the panel's values change in the properties. */
export function changedProps(values: SettingValues, before: Settings): Partial<MosaicProps> {
  const old = settingValues(before);
  const empty: Readonly<Record<string, unknown>> = { maxDist: 0, background: PAGE, normalizer: NONE };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([key, value]) => old[key] !== value)
      .map(([key, value]) => [key, empty[key] === value ? null : value]),
  ) as Partial<MosaicProps>;
}
