import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import type { Tooltip } from "../../chrome/tooltip.ts";
import type { MapPlace } from "../data/shown-saliency.ts";
import type { SaliencyOverlaySession } from "../session.ts";
import { overlaySentence, overlayTooltip, pixelOf, pointOf } from "./map-hover.ts";
import type { PanelPoint } from "./map-panel.ts";
import type { PanelGrid, PointedPanel } from "./panel-grid.ts";

const LARGE_STEP = 10;
const MOVES: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export interface CrosshairOptions {
  readonly grid: PanelGrid;
  readonly tip: Tooltip;
  /** What the tooltip is placed in. */
  readonly frame: HTMLElement;
  /** Which map keys speak of. */
  current(): MapPlace;
  announce(sentence: string): void;
}

export interface Crosshair {
  point(pointed: PointedPanel | null): void;
  /** Whether there was one to hide. */
  hide(): boolean;
  /** Say again what lies under it: the maps have changed. */
  follow(): void;
}

/** One place of all panels, under the pointer or moved by keys, and what the maps say of it. */
export function crosshair(
  session: SaliencyOverlaySession,
  { grid, tip, frame, current, announce }: CrosshairOptions,
  signal: AbortSignal,
): Crosshair {
  let pointed: PointedPanel | null = null;
  let isByKeys = false;

  const show = (): void => {
    const { shown, props } = session;
    grid.setCross(shown && pointed);
    const content = shown && pointed && overlayTooltip(shown, pointed, pointed, props);
    if (!pointed || !content) {
      tip.hide();
      return;
    }
    tip.show({ ...grid.positionOf(pointed, frame), radius: 4 }, content);
    if (isByKeys) announce(overlaySentence(content));
  };
  const point = (next: PointedPanel | null): void => {
    pointed = next;
    isByKeys = false;
    show();
  };
  const move = ([across, down]: readonly [number, number], step: number): void => {
    const place = current();
    const picture = session.shown?.pictures[place.picture];
    const of = picture?.maps[place.column] ?? picture?.pixels;
    if (!of) return;
    const from: PanelPoint = pointed ?? { x: 0.5, y: 0.5 };
    const { row, column } = pixelOf(of, from);
    // The first press has it appear.
    const by = pointed ? step : 0;
    const to = pointOf(of, { row: row + down * by, column: column + across * by });
    pointed = { ...place, x: within(to.x, of.width), y: within(to.y, of.height) };
    isByKeys = true;
    show();
  };
  listenKeys(
    grid.element,
    (event) => {
      const by = MOVES[event.key];
      if (!by || !isPlain(event)) return false;
      move(by, event.shiftKey ? LARGE_STEP : 1);
      return true;
    },
    signal,
  );
  return {
    point,
    hide() {
      const wasThere = pointed !== null;
      point(null);
      return wasThere;
    },
    follow() {
      isByKeys = false;
      show();
    },
  };
}

/** A share of so many places that is of one of them. */
function within(share: number, count: number): number {
  return Math.min(1 - 0.5 / count, Math.max(0.5 / count, share));
}
