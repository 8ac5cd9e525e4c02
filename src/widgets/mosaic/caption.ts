import { describeMap } from "../map/describe-map.ts";
import { formatCount, formatCounted } from "../theme/numbers.ts";
import type { TileGrid } from "./data/tile-grids.ts";
import type { MosaicProps } from "./props.ts";

export interface CaptionParts {
  readonly rows: number;
  readonly tiles: TileGrid | null;
  readonly props: Pick<MosaicProps, "tileSelect" | "maxDist" | "expanded" | "normalizer">;
  /** What frames and tints stand for: "labels", "color"; null where there are none. */
  readonly coloredBy: string | null;
  /** The unit whose values they stand for instead; null: none. */
  readonly unit: string | null;
  readonly selected: number;
  /** Tiles in focus; null: all. */
  readonly focused: number | null;
}

const chosen = {
  first: "the first tile of each",
  nearest: "the tile nearest to the centre of each",
  centroid: "the tile nearest to the mean of each",
  random: "a tile of each drawn by chance",
} as const;

/** The sentences that go under a figure and into every file: all that is needed to lay the mosaic out again. */
export function caption({ rows, tiles, props, coloredBy, unit, selected, focused }: CaptionParts): string {
  const { origin } = tiles?.layout ?? {};
  if (origin?.kind === "saved" && origin.caption) return origin.caption;
  const { columns = 0, rows: lines = 0 } = tiles?.grid ?? {};
  // Each cell takes the nearest tile that is free, whatever it would choose alone.
  const select = props.expanded ? "nearest" : props.tileSelect;
  const from = select === "nearest" ? "" : " of its centre";
  const reach = props.maxDist === null ? "" : ` within ${props.maxDist} cells${from}`;
  const filled = props.expanded ? ", empty cells filled from their neighbours" : "";
  const stain = props.normalizer === null ? "" : `, stain normalised (${props.normalizer})`;
  const classes = coloredBy === null ? "" : `, classes from ${coloredBy}`;
  const color = unit === null ? classes : `, coloured by ${unit}`;
  const chosenTiles = [
    ...(focused === null ? [] : [`${formatCount(focused)} in focus`]),
    ...(selected > 0 ? [`${formatCount(selected)} selected`] : []),
  ];
  const selection = chosenTiles.length > 0 ? `; ${chosenTiles.join(", ")}, others faded` : "";
  const cells = `${formatCount(columns)} × ${formatCount(lines)} cells`;
  const how = `${chosen[select]}${reach} shown${filled}${stain}${color}${selection}`;
  return `Mosaic of ${formatCounted(rows, "tile")} in ${cells}, ${how}. ${describeMap(rows, tiles?.layout ?? null)}.`;
}
