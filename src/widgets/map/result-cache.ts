import type { UmapResult } from "../../compute/umap/result.ts";
import { version } from "../../version.ts";

const KEY = Symbol.for(`layerscope.maps@${version}`);
const MOST_BYTES = 64 * 1024 * 1024;

/**
 * The maps computed on this page, by what they were computed from: a cell run again, a second view and a view
 * scrolled away and back show the map at once. The least recently used go first.
 */
function pageMaps(): Map<string, UmapResult> {
  const page = globalThis as { [KEY]?: Map<string, UmapResult> };
  page[KEY] ??= new Map();
  return page[KEY];
}

export function recallMap(key: string): UmapResult | null {
  const maps = pageMaps();
  const found = maps.get(key);
  if (!found) return null;
  maps.delete(key);
  maps.set(key, found);
  return found;
}

export function rememberMap(key: string, result: UmapResult): void {
  const maps = pageMaps();
  maps.delete(key);
  maps.set(key, result);
  let held = 0;
  for (const map of maps.values()) held += bytesIn(map);
  for (const [oldest, map] of maps) {
    if (held <= MOST_BYTES) break;
    maps.delete(oldest);
    held -= bytesIn(map);
  }
}

function bytesIn({ positions, neighbors }: UmapResult): number {
  return positions.byteLength + (neighbors ? neighbors.indices.byteLength + neighbors.distances.byteLength : 0);
}
