import type { Wish } from "../tiles/tile-loader.ts";
import type { TileStore } from "../tiles/tile-store.ts";
import type { TileScene } from "./draw-tiles.ts";

/** Which pictures of the cells that are seen are not here in their size, from the middle of the canvas outwards. */
export function tileWishes(
  store: TileStore,
  { cells, places, kind }: Pick<TileScene, "cells" | "places" | "kind">,
  seen: readonly number[],
  { width, height }: { readonly width: number; readonly height: number },
): readonly Wish[] {
  const open: (Wish & { readonly away: number })[] = [];
  for (const index of seen) {
    const row = cells.shown[index] ?? -1;
    const wanted = store.wantedKind(row, kind);
    if (store.has(row, wanted)) continue;
    const box = places.boxOf(cells.column[index] ?? 0, cells.row[index] ?? 0);
    const away = (box.left + box.width / 2 - width / 2) ** 2 + (box.top + box.height / 2 - height / 2) ** 2;
    open.push({ row, kind: wanted, away });
  }
  return open.sort((a, b) => a.away - b.away);
}
