import type { ComputeError } from "../../../compute/errors.ts";
import type { Layout } from "../../map/layout.ts";
import { type SharedLayout, sharedLayout } from "../../map/shared-layout.ts";

/** Milliseconds after which a map that nobody on the page draws is held to be missing. */
const PATIENCE = 2000;

export interface FollowEvents {
  onLayout(layout: Layout): void;
  /** No layout came of what was begun; null: it has been begun anew. `onLayout` tells of what comes all the same. */
  onFailure(failure: ComputeError | null): void;
  /** Nobody on this page publishes it; should somebody do so later, `onLayout` tells. */
  onMissing(): void;
}

/** Follow the layout of that name until the signal aborts, which holds it as long: others are collected. */
export function followLayout(name: string, events: FollowEvents, signal: AbortSignal): SharedLayout {
  const shared = sharedLayout(name);
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const wait = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!shared.layout && !shared.isOffered) events.onMissing();
    }, PATIENCE);
  };
  shared.listen(
    {
      onLayout: (layout) => events.onLayout(layout),
      onFailure: (failure) => events.onFailure(failure),
      // A cell that is run again brings another one in a moment.
      onDeserted: wait,
    },
    signal,
  );
  signal.addEventListener("abort", () => clearTimeout(waiting), { once: true });
  if (shared.layout) events.onLayout(shared.layout);
  else if (shared.isOffered && shared.failure) events.onFailure(shared.failure);
  else wait();
  return shared;
}
