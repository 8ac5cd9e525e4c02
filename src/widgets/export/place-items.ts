import type { FigureItem } from "./figure.ts";

/** Where the origin of items comes to lie, millimetres, and how much larger than given they are drawn. */
export interface ItemsPlace {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Items drawn elsewhere and at another scale; text and lines keep their points. */
export function placeItems(items: readonly FigureItem[], place: ItemsPlace): FigureItem[] {
  return items.map((item) => placeItem(item, place));
}

function placeItem(item: FigureItem, { x, y, scale }: ItemsPlace): FigureItem {
  const across = (value: number): number => x + value * scale;
  const down = (value: number): number => y + value * scale;
  if (item.kind === "line")
    return { ...item, x1: across(item.x1), y1: down(item.y1), x2: across(item.x2), y2: down(item.y2) };
  if (item.kind === "polyline")
    return { ...item, points: item.points.map((value, at) => (at % 2 === 0 ? across(value) : down(value))) };
  const corner = { x: across(item.x), y: down(item.y) };
  if (item.kind === "text") return { ...item, ...corner };
  if (item.kind === "circle" || item.kind === "ring") return { ...item, ...corner, radius: item.radius * scale };
  return { ...item, ...corner, width: item.width * scale, height: item.height * scale };
}
