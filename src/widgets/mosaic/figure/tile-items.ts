import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { FigureItem } from "../../export/figure.ts";
import { paintBands } from "../../export/paint-bands.ts";
import { tokens } from "../../theme/tokens.ts";
import { FRAME, FRAMED_FROM, GAP, TINT } from "../plot/drawing/tile-marks.ts";
import { pixelsOfPicture } from "../plot/tiles/sheet-picture.ts";
import type { SmallPicture } from "../plot/tiles/shrink-pictures.ts";
import { fetchTiles } from "./fetch-tiles.ts";
import { mixColors } from "./mix-colors.ts";
import { type DrawingPixels, type PlacedTile, pixelsOf, placedTiles, type TileDrawing } from "./tile-drawing.ts";
import { TilePainter } from "./tile-painter.ts";
import { seamItems } from "./tile-seams.ts";
import { tintPicture } from "./tint-picture.ts";

/** So many tiles can be taken hold of one by one in a vector file; more make it slow to open. */
const MOST_PICTURES = 400;
/** Of the layer that all tiles are drawn on: what a page can hold beside the file that it goes into. */
const MOST_PIXELS = 64e6;

/** Tiles for a vector file: a picture each where they are few and none is cut, else one layer of pixels. */
export async function tileItems(drawing: TileDrawing, dpi: number, job: Job): Promise<readonly FigureItem[]> {
  const pixels = pixelsOf(drawing, dpi);
  const tiles = placedTiles(drawing, pixels);
  const isCut = tiles.some(
    ({ box: { left, top, width, height } }) =>
      left < 0 || top < 0 || left + width > pixels.width || top + height > pixels.height,
  );
  const isFew = tiles.length <= MOST_PICTURES && !isCut && !drawing.isDensity;
  return isFew ? pictureItems(drawing, pixels, tiles, job) : [await layerItem(drawing, pixels, job)];
}

async function layerItem(drawing: TileDrawing, pixels: DrawingPixels, job: Job): Promise<FigureItem> {
  const { left, top, width, height } = drawing;
  const size = { width: pixels.width, height: pixels.height };
  if (size.width * size.height > MOST_PIXELS) {
    const count = (value: number) => value.toLocaleString("en-US");
    throw new ComputeError(
      "input",
      `The tiles would take ${count(size.width)} × ${count(size.height)} px; a vector file holds ${MOST_PIXELS / 1e6} million.`,
      "Choose a smaller dpi or size, or save a PNG.",
    );
  }
  const data = new Uint8ClampedArray(4 * size.width * size.height);
  const painter = new TilePainter(drawing, pixels, { left: 0, top: 0 }, job);
  const paint = painter.paint.bind(painter);
  for await (const band of paintBands(size, paint, job.signal)) data.set(band.pixels, 4 * size.width * band.top);
  return { kind: "image", x: left, y: top, width, height, pixels: { data, ...size } };
}

async function pictureItems(
  drawing: TileDrawing,
  pixels: DrawingPixels,
  tiles: readonly PlacedTile[],
  job: Job,
): Promise<readonly FigureItem[]> {
  const found = new Map<number, SmallPicture>();
  const rows = [...new Set(tiles.map(({ row }) => row))];
  await fetchTiles(rows, pixels.places.size, drawing, job, (pictures) => {
    for (const picture of pictures) found.set(picture.row, picture);
    job.onProgress?.({ stage: "Drawing tiles", done: found.size, total: rows.length, unit: "tiles" });
  });
  const shown = new Map<PlacedTile, Shown>();
  for (const tile of tiles) shown.set(tile, shownOf(drawing, pixels, tile, found.get(tile.row) ?? null));
  const seams = seamItems(drawing, drawing.width / pixels.width, tiles, (tile) => shown.get(tile)?.fill ?? null);
  return [...seams, ...[...shown].flatMap(([tile, look]) => itemsOf(drawing, pixels, tile, look))];
}

/** What is drawn of a tile. */
interface Shown {
  readonly picture: SmallPicture | null;
  /** What stands for a picture that there is none of. */
  readonly empty: string;
  readonly opacity: number;
  /** Colours of its class that are drawn beside the picture; null: none. */
  readonly frame: string | null;
  readonly tint: string | null;
  /** About the colour of the cell's edges, where nothing of the page is seen in it. */
  readonly fill: string | null;
}

function shownOf(
  { cells, looks, marks, ground, scheme }: TileDrawing,
  { ratio, places }: DrawingPixels,
  { index }: PlacedTile,
  picture: SmallPicture | null,
): Shown {
  const share = looks.opacitiesOf(cells)?.[index] ?? 1;
  const color = looks.colorsOf(cells)?.[index] ?? null;
  const isFramed = color !== null && (marks === "frame" || (marks === "auto" && places.size >= FRAMED_FROM * ratio));
  const tint = isFramed || marks === "none" ? null : color;
  const empty = tokens[scheme].surface;
  const isSquare = picture !== null && picture.width === picture.height;
  if (!isFramed && !isSquare) return { picture, empty, opacity: share, frame: null, tint, fill: null };
  const tinted = picture && tint !== null ? tintPicture(picture, tint) : picture;
  const fades = ground !== null && share < 1;
  // On a ground that is known a tile fades by its colours: opaque, it can lie on a strip that closes its edge.
  const faded = tinted && fades ? tintPicture(tinted, ground, 1 - share) : tinted;
  const mixed = (fill: string) => (fades ? mixColors(ground, fill, share) : fill);
  const opacity = fades ? 1 : share;
  const look = { picture: faded, empty: mixed(empty), opacity, tint: null };
  if (isFramed) return { ...look, frame: mixed(color), fill: opacity === 1 ? mixed(color) : null };
  const mean = faded?.mean ?? 0;
  const fill = opacity === 1 && (mean & 255) === 255 ? `#${(mean >>> 8).toString(16).padStart(6, "0")}` : null;
  return { ...look, frame: null, fill };
}

/** As `drawTiles` draws a tile, in millimetres. */
function itemsOf(
  drawing: TileDrawing,
  { ratio, width: across }: DrawingPixels,
  { box }: PlacedTile,
  { picture, empty, opacity, frame, tint }: Shown,
): readonly FigureItem[] {
  const unit = drawing.width / across;
  const place = (by: number) => {
    const inner = { width: Math.max(0, box.width - 2 * by), height: Math.max(0, box.height - 2 * by) };
    return {
      x: drawing.left + (box.left + by) * unit,
      y: drawing.top + (box.top + by) * unit,
      width: inner.width * unit,
      height: inner.height * unit,
    };
  };
  const inner = place(frame !== null ? (FRAME + GAP) * ratio : 0);
  const items: FigureItem[] = [];
  if (frame !== null)
    items.push(
      { kind: "rect", ...place(0), fill: frame, opacity },
      { kind: "rect", ...place(FRAME * ratio), fill: drawing.page, opacity },
    );
  items.push(picture ? pictureItem(picture, inner, opacity) : { kind: "rect", ...inner, fill: empty, opacity });
  if (tint !== null) items.push({ kind: "rect", ...place(0), fill: tint, opacity: TINT * opacity });
  return items;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** As large as fits, its aspect kept. */
function pictureItem(picture: SmallPicture, place: Place, opacity: number): FigureItem {
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return {
    kind: "image",
    x: place.x + (place.width - width) / 2,
    y: place.y + (place.height - height) / 2,
    width,
    height,
    pixels: { data: new Uint8ClampedArray(pixelsOfPicture(picture)), width: picture.width, height: picture.height },
    opacity,
  };
}
