import { isDead } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { type Normalize, stretchChannel } from "../../../compute/feature-maps/stretch.ts";
import { scaleTable } from "../../theme/color-scales.ts";
import type { Tokens } from "../../theme/tokens.ts";
import { levelPixels } from "../detail/color-levels.ts";
import { BAR, GAP, type GridLayout } from "../plot/grid-layout.ts";
import { fitMap } from "../plot/map-fit.ts";
import { scaleLevels } from "../plot/scale-levels.ts";
import type { StageScene } from "../plot/strip-stage.ts";
import type { FeatureMapGridProps } from "../props.ts";

/** How maps are drawn. */
export interface GridLook {
  readonly normalize: Normalize;
  /** 256 colours, as `scaleTable` has them. */
  readonly colors: Uint8Array;
  readonly tokens: Pick<Tokens, "surface" | "edge" | "textSecond">;
}

/** What is drawn of the layers: their maps for each picture, in which order, how strong each channel is. */
export interface GridMaps {
  /** By picture, then by layer. */
  readonly layers: readonly (readonly MapLayer[])[];
  /** By layer: channels in the order in which they stand. */
  readonly orders: readonly Int32Array[];
  /** By picture, then by layer. */
  readonly strengths: readonly (readonly Float32Array[])[];
}

/** The 256 colours of maps; signed numbers have their own, whose middle is zero. */
export function mapColors({ normalize, colormap }: Pick<FeatureMapGridProps, "normalize" | "colormap">): Uint8Array {
  return scaleTable(normalize === "signed" ? "puor" : colormap);
}

/** A channel's levels in its own size. */
export function levelsOf(layer: MapLayer, channel: number, normalize: Normalize): Uint8Array<ArrayBuffer> {
  const levels = new Uint8Array(layer.height * layer.width);
  stretchChannel(layer.data, layer.statistics, channel, normalize, levels);
  return levels;
}

/** A grid to be drawn: each map in its cell, under it how strong its channel is; what is the same everywhere is crossed out. */
export function gridScene(layout: GridLayout, { layers, orders, strengths }: GridMaps, look: GridLook): StageScene {
  return {
    layout,
    draw(context, { layer, place, input }, x, y, scale) {
      const map = layers[input]?.[layer];
      const channel = orders[layer]?.[place];
      if (!map || channel === undefined) return;
      const side = Math.round(layout.cell * scale);
      if (isDead(map.statistics, channel, map.height * map.width)) drawDead(context, x, y, side, scale, look);
      else drawMap(context, map, channel, x, y, side, look);
      const [top, height] = [y + side + Math.round(GAP * scale), Math.round(BAR * scale)];
      context.clearRect(x, top, side, height);
      context.fillStyle = look.tokens.textSecond;
      context.fillRect(x, top, Math.round(side * (strengths[input]?.[layer]?.[channel] ?? 0)), height);
    },
  };
}

function drawMap(
  context: CanvasRenderingContext2D,
  map: MapLayer,
  channel: number,
  x: number,
  y: number,
  side: number,
  { normalize, colors }: GridLook,
): void {
  const fit = fitMap(map.height, map.width, side);
  const scaled = new Uint8Array(fit.width * fit.height);
  scaleLevels(levelsOf(map, channel, normalize), map, scaled, fit);
  const pixels = new ImageData(levelPixels(scaled, colors), fit.width, fit.height);
  if (fit.width < side || fit.height < side) context.clearRect(x, y, side, side);
  context.putImageData(pixels, x + fit.left, y + fit.top);
}

function drawDead(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  side: number,
  scale: number,
  { tokens }: GridLook,
): void {
  context.fillStyle = tokens.surface;
  context.fillRect(x, y, side, side);
  context.strokeStyle = tokens.edge;
  context.lineWidth = scale;
  context.beginPath();
  context.moveTo(x, y + side);
  context.lineTo(x + side, y);
  context.stroke();
}
