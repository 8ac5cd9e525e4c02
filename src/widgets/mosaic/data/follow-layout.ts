import type { Layout } from "../../map/layout.ts";
import { type SharedLayout, sharedLayout } from "../../map/shared-layout.ts";

/** Milliseconds after which a map that nobody on the page draws is held to be missing. */
const PATIENCE = 2000;

export interface FollowEvents {
  onLayout(layout: Layout): void;
  /** Nobody on this page publishes it; should somebody do so later, `onLayout` tells. */
  onMissing(): void;
}

/** Follow the layout of that name until the signal aborts, which holds it as long: others are collected. */
export function followLayout(name: string, events: FollowEvents, signal: AbortSignal): SharedLayout {
  const shared = sharedLayout(name);
  shared.listen((layout) => events.onLayout(layout), signal);
  if (shared.layout) {
    events.onLayout(shared.layout);
    return shared;
  }
  const waiting = setTimeout(() => {
    if (!shared.layout && !shared.isOffered) events.onMissing();
  }, PATIENCE);
  signal.addEventListener("abort", () => clearTimeout(waiting), { once: true });
  return shared;
}
