import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import { countChannels, deadIn, layersOf, type ShownMaps } from "../data/shown-maps.ts";

/** "dog.1100.jpg, 8 layers, 704 channels": what stands beside the title. */
export function mapSubtitle(shown: ShownMaps | null): string {
  if (!shown) return "";
  const names = shown.pictures.map(({ name }) => name).join(" and ");
  const counted = [formatCounted(layersOf(shown).length, "layer"), formatCounted(countChannels(shown), "channel")];
  return [names, ...counted].join(", ");
}

/** The grid for those who don't see it. */
export function mapLabel(shown: ShownMaps | null): string {
  if (!shown) return "There are no feature maps yet";
  const dead = layersOf(shown).reduce((sum, layer) => sum + deadIn(layer), 0);
  const constant = dead > 0 ? `, ${formatCount(dead)} constant` : "";
  return `Feature maps of ${shown.model}: ${mapSubtitle(shown)}${constant}`;
}

/** "148 × 148 × 32 · 3 constant": what is said beside a layer's name. */
export function layerWords(layer: MapLayer): string {
  const { height, width, channels } = layer;
  const places = height * width > 1 ? [height, width] : [];
  const dead = deadIn(layer);
  const shape = [...places, channels].map(formatCount).join(" × ");
  return dead > 0 ? `${shape} · ${formatCount(dead)} constant` : shape;
}
