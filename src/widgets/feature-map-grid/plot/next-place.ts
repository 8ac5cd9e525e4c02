import type { GridLayout, GridPlace } from "./grid-layout.ts";

/**
 * Where a key leads from a channel: left and right to the next one, across layers too; up and down to the row above and
 * below; Home and End to the layer's first and last one; Page Up and Page Down to the layer before and after. null where it
 * is no such key, or there is nothing.
 */
export function nextPlace(layout: GridLayout, { layer, place }: GridPlace, key: string): GridPlace | null {
  const count = layout.sections[layer]?.count ?? 0;
  switch (key) {
    case "ArrowRight":
      return place + 1 < count ? { layer, place: place + 1 } : firstOf(layout, layer + 1);
    case "ArrowLeft":
      return place > 0 ? { layer, place: place - 1 } : lastOf(layout, layer - 1);
    case "ArrowDown":
      return below(layout, { layer, place });
    case "ArrowUp":
      return above(layout, { layer, place });
    case "Home":
      return { layer, place: 0 };
    case "End":
      return { layer, place: count - 1 };
    case "PageDown":
      return firstOf(layout, layer + 1);
    case "PageUp":
      return firstOf(layout, layer - 1);
    default:
      return null;
  }
}

function below(layout: GridLayout, { layer, place }: GridPlace): GridPlace | null {
  const { across, sections } = layout;
  const count = sections[layer]?.count ?? 0;
  const [row, column] = [Math.floor(place / across), place % across];
  const isLastRow = row === Math.floor((count - 1) / across);
  if (!isLastRow) return { layer, place: Math.min(count - 1, place + across) };
  const next = sections[layer + 1];
  return next ? { layer: layer + 1, place: Math.min(next.count - 1, column) } : null;
}

function above(layout: GridLayout, { layer, place }: GridPlace): GridPlace | null {
  const { across, sections } = layout;
  if (place >= across) return { layer, place: place - across };
  const before = sections[layer - 1];
  if (!before) return null;
  const lastRow = Math.floor((before.count - 1) / across) * across;
  return { layer: layer - 1, place: Math.min(before.count - 1, lastRow + (place % across)) };
}

function firstOf({ sections }: GridLayout, layer: number): GridPlace | null {
  return sections[layer] ? { layer, place: 0 } : null;
}

function lastOf({ sections }: GridLayout, layer: number): GridPlace | null {
  const section = sections[layer];
  return section ? { layer, place: section.count - 1 } : null;
}
