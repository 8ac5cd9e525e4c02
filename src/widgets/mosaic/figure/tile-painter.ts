import type { Job } from "../../../compute/job.ts";
import type { Corner } from "../../export/paint-bands.ts";
import { tokens } from "../../theme/tokens.ts";
import { shiftPlaces } from "../plot/cells/cell-places.ts";
import { densityColors, densityPicture, drawDensity } from "../plot/drawing/draw-density.ts";
import { drawTiles } from "../plot/drawing/draw-tiles.ts";
import { putPicture } from "../plot/tiles/sheet-picture.ts";
import type { SmallPicture } from "../plot/tiles/shrink-pictures.ts";
import type { StoredTile } from "../plot/tiles/tile-store.ts";
import { fetchTiles } from "./fetch-tiles.ts";
import { type DrawingPixels, type PlacedTile, placedTiles, type TileDrawing, touches } from "./tile-drawing.ts";

interface Sheet {
  readonly rows: readonly number[];
  /** The last line that any of its tiles reaches. */
  readonly bottom: number;
}

/** Paints tiles part by part, from the top down: pictures are fetched for the part and let go behind it. */
export class TilePainter {
  readonly #tiles: readonly PlacedTile[];
  readonly #found = new Map<number, StoredTile>();
  readonly #unreadable = new Set<number>();
  #sheets: Sheet[] = [];
  #done = 0;

  /** @param origin The pixel of the figure where the drawing begins. */
  constructor(
    private readonly drawing: TileDrawing,
    private readonly pixels: DrawingPixels,
    private readonly origin: Corner,
    private readonly job: Job,
  ) {
    this.#tiles = drawing.isDensity ? [] : placedTiles(drawing, pixels);
  }

  /** Paint what the canvas covers, its upper left pixel being that one of the figure. */
  async paint(context: OffscreenCanvasRenderingContext2D, corner: Corner): Promise<void> {
    const left = corner.left - this.origin.left;
    const top = corner.top - this.origin.top;
    const { width, height } = context.canvas;
    this.#letGo(top);
    await this.#bring(this.#tiles.filter(({ box }) => touches(box, { left, top, width, height })));
    context.save();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    context.rect(-left, -top, this.pixels.width, this.pixels.height);
    context.clip();
    this.#draw(context, left, top);
    context.restore();
  }

  #draw(context: OffscreenCanvasRenderingContext2D, left: number, top: number): void {
    const { cells, isDensity, looks, scheme, marks, view } = this.drawing;
    const { places, ratio } = this.pixels;
    const opacities = looks.opacitiesOf(cells);
    if (isDensity) {
      context.translate(-left, -top);
      drawDensity(context, densityPicture(cells, opacities, densityColors(scheme)), view, ratio);
      return;
    }
    drawTiles(context, {
      cells,
      places: shiftPlaces(places, left, top),
      opacities,
      colors: looks.colorsOf(cells),
      marks,
      shapes: null,
      store: { find: (row) => this.#found.get(row) ?? null, meanOf: () => null },
      kind: 0,
      surface: tokens[scheme].surface,
      ratio,
      shrunk: 0,
      pointOf: () => null,
    });
  }

  async #bring(tiles: readonly PlacedTile[]): Promise<void> {
    const bottoms = new Map<number, number>();
    for (const { row, box } of tiles)
      if (!this.#found.has(row) && !this.#unreadable.has(row))
        bottoms.set(row, Math.max(bottoms.get(row) ?? 0, box.top + box.height));
    const side = Math.ceil(this.pixels.places.size);
    await fetchTiles([...bottoms.keys()], side, this.drawing, this.job, (pictures, asked) => {
      for (const row of asked) this.#unreadable.add(row);
      this.#keep(pictures, Math.max(...asked.map((row) => bottoms.get(row) ?? 0)));
      this.#done += asked.length;
      const total = this.#tiles.length;
      // A tile that several cells show is fetched for each place that lies apart.
      const done = Math.min(total, this.#done);
      this.job.onProgress?.({ stage: "Drawing tiles", done, total, unit: "tiles" });
    });
  }

  /** Put pictures on a canvas of their own, from which they are drawn. */
  #keep(pictures: readonly SmallPicture[], bottom: number): void {
    if (pictures.length === 0) return;
    const side = Math.max(...pictures.map(({ width, height }) => Math.max(width, height)));
    const across = Math.ceil(Math.sqrt(pictures.length));
    const canvas = new OffscreenCanvas(across * side, Math.ceil(pictures.length / across) * side);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    pictures.forEach((picture, place) => {
      const { row, width, height } = picture;
      const left = (place % across) * side;
      const top = Math.floor(place / across) * side;
      if (context) putPicture(context, picture, left, top);
      this.#unreadable.delete(row);
      this.#found.set(row, { canvas, left, top, width, height, kind: 0 });
    });
    this.#sheets.push({ rows: pictures.map(({ row }) => row), bottom });
  }

  #letGo(top: number): void {
    for (const { rows, bottom } of this.#sheets) if (bottom <= top) for (const row of rows) this.#found.delete(row);
    this.#sheets = this.#sheets.filter(({ bottom }) => bottom > top);
  }
}
