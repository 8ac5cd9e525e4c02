import { ComputeError } from "../../compute/errors.ts";
import { EXPLORE_PARTS, type ExploreHeading, exploreLayout } from "../chrome/explore-layout.ts";
import { showError } from "./error-card.ts";
import type { HostModel } from "./host-model.ts";

/** Draws a widget's view into an element until the signal aborts. */
export type MountModel = (model: HostModel, root: HTMLElement, signal: AbortSignal) => Promise<void>;

/**
 * Show the widgets that a model lays out: `_members` (references to their models, in the order of `EXPLORE_PARTS`) in
 * their places under `_heading` (`{title, subtitle, theme, height}`). Each is a widget like any other; one that can't be
 * shown says so in its place, beside the others.
 */
export async function mountMembers(
  model: HostModel,
  root: HTMLElement,
  signal: AbortSignal,
  mount: MountModel,
): Promise<void> {
  const places = exploreLayout(root, headingOf(model.get("_heading")), signal);
  const members = model.get("_members");
  const references: readonly unknown[] = Array.isArray(members) ? members : [];
  await Promise.all(
    EXPLORE_PARTS.map(async (part, at) => {
      const place = places.get(part);
      if (!place) return;
      try {
        const member = await referredModel(model, references[at]);
        if (!signal.aborted) await mount(member, place, signal);
      } catch (thrown) {
        showError(place, thrown);
      }
    }),
  );
}

async function referredModel(model: HostModel, reference: unknown): Promise<HostModel> {
  const id = String(reference ?? "").replace(/^(IPY_MODEL_|anywidget:)/, "");
  const found = await model.widget_manager?.get_model(id).catch(() => undefined);
  if (found) return found;
  throw new ComputeError("internal", "This widget is no longer there.", "Run the cell again.");
}

function headingOf(written: unknown): ExploreHeading {
  const { title, subtitle, theme, height } = (written ?? {}) as Readonly<Record<string, unknown>>;
  return {
    title: String(title ?? ""),
    subtitle: String(subtitle ?? ""),
    theme: theme === "light" || theme === "dark" ? theme : "auto",
    height: typeof height === "number" ? height : null,
  };
}
