import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import type { View } from "../../../plane/view.ts";
import { shapeOf } from "../../../theme/class-shapes.ts";
import type { CellBox, CellPlaces } from "../cells/cell-places.ts";
import type { ClassMarks } from "../plot-options.ts";
import type { StoredTile } from "../tiles/tile-store.ts";
import { drawClassShape, type ShapeColors } from "./draw-class-shape.ts";
import { FRAME, FRAMED_FROM, GAP, TINT } from "./tile-marks.ts";
import { tilePlaces } from "./tile-places.ts";

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
  /** Classes show as shapes, in these colours; null: as frames and tints in their own. */
  readonly shapes: ShapeColors | null;
  readonly store: TilePictures | null;
  /** The kind of slot that fits the tiles. */
  readonly kind: number;
  /** What stands for a picture that is not here yet. */
  readonly surface: string;
  /** Pixels of the device a CSS pixel. */
  readonly ratio: number;
  /** How far tiles have shrunk into their points, 0 to 1, and where these are. */
  readonly shrunk: number;
  pointOf(row: number): CellBox | null;
}

/** Pictures smaller than this show their pixels where they are enlarged, as in the tooltip. */
const PIXELATED_BELOW = 48;

/** Draw the tiles of cells: of those that the canvas shows, unless they are known. */
export function drawTiles(
  context: Context,
  scene: TileScene,
  seen: readonly number[] = seenTiles(scene.cells, scene.places, context.canvas),
): void {
  for (const index of seen) drawCell(context, scene, index);
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

/** Anything of a tile lies in the view. */
export function isTileSeen({ lattice, shown, column, row }: WindowCells, view: View): boolean {
  const places = tilePlaces(lattice, view, 1);
  const all: CellBox = { left: 0, top: 0, width: view.width, height: view.height };
  return shown.some((tile, index) => tile >= 0 && places.touches(column[index] ?? 0, row[index] ?? 0, all));
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
  // Before it was put on whole pixels: neighbours are marked alike.
  let { size } = places;
  const point = shrunk > 0 ? scene.pointOf(row) : null;
  if (point) {
    box = mixBoxes(box, point, shrunk);
    size += (point.width - size) * shrunk;
  }
  const opacity = (opacities?.[index] ?? 1) * (1 - shrunk ** 3);
  if (opacity > 0) drawTile(context, scene, row, { box, size, opacity, color: scene.colors?.[index] ?? null });
  context.globalAlpha = 1;
}

interface TileLook {
  readonly box: CellBox;
  readonly size: number;
  readonly opacity: number;
  /** Of its class; null: none. */
  readonly color: string | null;
}

function drawTile(context: Context, scene: TileScene, row: number, { box, size, opacity, color }: TileLook): void {
  const { marks, ratio, store, kind, shapes } = scene;
  // Colours of a scale have no shapes and stay.
  const shape = shapes && color !== null && marks !== "none" ? shapeOf(color) : null;
  const isFramed =
    color !== null && shape === null && (marks === "frame" || (marks === "auto" && size >= FRAMED_FROM * ratio));
  const tint = isFramed || shape !== null || marks === "none" ? null : color;
  context.globalAlpha = opacity;
  if (isFramed) drawFrame(context, box, Math.round(FRAME * ratio), color);
  // Under a tint as much less that both together are as opaque as the tile is to be.
  if (tint !== null) context.globalAlpha = (opacity * (1 - TINT)) / (1 - opacity * TINT);
  const inner = isFramed ? inset(box, Math.round((FRAME + GAP) * ratio)) : box;
  const tile = store?.find(row, kind) ?? null;
  if (tile) drawPicture(context, tile, inner);
  else fill(context, inner, meanStyle(store?.meanOf(row) ?? null) ?? scene.surface);
  if (shapes && shape !== null) drawClassShape(context, box, shape, shapes, ratio);
  if (tint === null) return;
  context.globalAlpha = opacity * TINT;
  fill(context, box, tint);
}

/** Its sides alone: what is fainter would let a filled square shine through. */
function drawFrame(context: Context, box: CellBox, line: number, style: string): void {
  const { left, top, width, height } = box;
  const across = Math.min(line, width / 2);
  const down = Math.min(line, height / 2);
  context.fillStyle = style;
  context.fillRect(left, top, width, down);
  context.fillRect(left, top + height - down, width, down);
  context.fillRect(left, top + down, across, height - 2 * down);
  context.fillRect(left + width - across, top + down, across, height - 2 * down);
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
  // Of a single line of pixels nothing can be left out.
  const [aside, above] = [tile.width > 1 ? edge : 0, tile.height > 1 ? edge : 0];
  const [across, down] = [tile.width - 2 * aside, tile.height - 2 * above];
  context.imageSmoothingEnabled = !isPixelated;
  context.imageSmoothingQuality = "low";
  context.drawImage(tile.canvas, tile.left + aside, tile.top + above, across, down, left, top, width, height);
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
