import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import type { CellBox, CellPlaces } from "../cells/cell-places.ts";
import type { ClassMarks } from "../plot-options.ts";
import type { StoredTile } from "../tiles/tile-store.ts";
import { FRAME, FRAMED_FROM, GAP, TINT } from "./tile-marks.ts";

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** Where pictures of rows are found. */
export interface TilePictures {
  /** The picture that is best drawn where a slot of `kind` would fit; null while there is none. */
  find(row: number, kind: number): StoredTile | null;
  /** Red, green, blue and opacity in a number (opacity lowest); null while it is not known. */
  meanOf(row: number): number | null;
}

/** What tiles are drawn with. */
export interface TileScene {
  readonly cells: WindowCells;
  readonly places: CellPlaces;
  readonly opacities: Float32Array | null;
  /** Of the cells' classes; null: tiles show no class. */
  readonly colors: readonly (string | null)[] | null;
  readonly marks: ClassMarks;
  readonly store: TilePictures | null;
  /** The kind of slot that fits the tiles. */
  readonly kind: number;
  /** What stands for a picture that is not here yet, and the gap between a frame and its picture. */
  readonly surface: string;
  readonly page: string;
  /** Pixels of the device a CSS pixel. */
  readonly ratio: number;
  /** How far tiles have shrunk into their points, 0 to 1, and where these are. */
  readonly shrunk: number;
  pointOf(row: number): CellBox | null;
}

/** Pictures smaller than this show their pixels where they are enlarged, as in the tooltip. */
const PIXELATED_BELOW = 48;

/** Draw the tiles of the cells that the canvas shows; answers their numbers. */
export function drawTiles(context: Context, scene: TileScene): readonly number[] {
  const seen = seenTiles(scene.cells, scene.places, context.canvas);
  for (const index of seen) drawCell(context, scene, index);
  return seen;
}

/** The numbers of the cells that show a tile on a canvas of that size. */
export function seenTiles(
  { shown, column, row }: WindowCells,
  places: CellPlaces,
  { width, height }: { readonly width: number; readonly height: number },
): readonly number[] {
  const all: CellBox = { left: 0, top: 0, width, height };
  const seen: number[] = [];
  for (let index = 0; index < shown.length; index++)
    if ((shown[index] ?? -1) >= 0 && places.touches(column[index] ?? 0, row[index] ?? 0, all)) seen.push(index);
  return seen;
}

/** Draw again the tiles of some cells whose pictures have come. */
export function redrawTiles(context: Context, scene: TileScene, indices: readonly number[]): void {
  const { cells, places } = scene;
  for (const index of indices) {
    const { left, top, width, height } = places.boxOf(cells.column[index] ?? 0, cells.row[index] ?? 0);
    context.clearRect(left, top, width, height);
    drawCell(context, scene, index);
  }
}

function drawCell(context: Context, scene: TileScene, index: number): void {
  const { cells, places, opacities, shrunk } = scene;
  const row = cells.shown[index] ?? -1;
  let box = places.boxOf(cells.column[index] ?? 0, cells.row[index] ?? 0);
  const point = shrunk > 0 ? scene.pointOf(row) : null;
  if (point) box = mixBoxes(box, point, shrunk);
  context.globalAlpha = (opacities?.[index] ?? 1) * (1 - shrunk ** 3);
  if (context.globalAlpha > 0) drawTile(context, scene, row, box, scene.colors?.[index] ?? null);
  context.globalAlpha = 1;
}

function drawTile(context: Context, scene: TileScene, row: number, box: CellBox, color: string | null): void {
  const { marks, ratio, store, kind, places, shrunk } = scene;
  // Edges are on whole pixels: of tiles that are nearly as wide some would be framed and others not.
  const side = shrunk > 0 ? box.width : places.size;
  const isFramed = color !== null && (marks === "frame" || (marks === "auto" && side >= FRAMED_FROM * ratio));
  let inner = box;
  if (isFramed) {
    fill(context, box, color);
    fill(context, inset(box, Math.round(FRAME * ratio)), scene.page);
    inner = inset(box, Math.round((FRAME + GAP) * ratio));
  }
  const tile = store?.find(row, kind) ?? null;
  if (tile) drawPicture(context, tile, inner);
  else fill(context, inner, meanStyle(store?.meanOf(row) ?? null) ?? scene.surface);
  if (color !== null && !isFramed && marks !== "none") {
    const opacity = context.globalAlpha;
    context.globalAlpha = opacity * TINT;
    fill(context, box, color);
    context.globalAlpha = opacity;
  }
}

/** As large as fits, its aspect kept. */
function drawPicture(context: Context, tile: StoredTile, box: CellBox): void {
  const scale = Math.min(box.width / tile.width, box.height / tile.height);
  const width = filled(Math.max(1, Math.round(tile.width * scale)), box.width);
  const height = filled(Math.max(1, Math.round(tile.height * scale)), box.height);
  const left = box.left + ((box.width - width) >> 1);
  const top = box.top + ((box.height - height) >> 1);
  const isEnlarged = width > tile.width || height > tile.height;
  const isPixelated = isEnlarged && Math.max(tile.width, tile.height) < PIXELATED_BELOW;
  // Beyond its edge lie other pictures, which an enlarged one must not be mixed with.
  const edge = isEnlarged && !isPixelated ? 0.5 : 0;
  const [across, down] = [tile.width - 2 * edge, tile.height - 2 * edge];
  context.imageSmoothingEnabled = !isPixelated;
  context.imageSmoothingQuality = "low";
  context.drawImage(tile.canvas, tile.left + edge, tile.top + edge, across, down, left, top, width, height);
}

/** A pixel that rounding has given to a box in one direction alone would show as a line between tiles. */
function filled(length: number, room: number): number {
  return room - length === 1 ? room : length;
}

function fill(context: Context, { left, top, width, height }: CellBox, style: string): void {
  context.fillStyle = style;
  context.fillRect(left, top, width, height);
}

function inset({ left, top, width, height }: CellBox, by: number): CellBox {
  return { left: left + by, top: top + by, width: Math.max(0, width - 2 * by), height: Math.max(0, height - 2 * by) };
}

function mixBoxes(from: CellBox, to: CellBox, share: number): CellBox {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return {
    left: mix(from.left, to.left),
    top: mix(from.top, to.top),
    width: mix(from.width, to.width),
    height: mix(from.height, to.height),
  };
}

function meanStyle(mean: number | null): string | null {
  if (mean === null) return null;
  return `rgba(${mean >>> 24}, ${(mean >>> 16) & 255}, ${(mean >>> 8) & 255}, ${(mean & 255) / 255})`;
}
