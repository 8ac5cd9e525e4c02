import type { WantedLayers } from "../../../compute/feature-maps/feature-maps.ts";

const ALL = "all";

/** Layers as a reader writes them: "8" (the first eight), "conv2d, -1", "all". A single number above -1 that is a layer's has a comma after it. */
export function layersText(layers: WantedLayers): string {
  if (layers === null) return ALL;
  if (typeof layers === "number") return String(layers);
  const [only] = layers;
  return layers.length === 1 && typeof only === "number" && only >= 0 ? `${only},` : layers.join(", ");
}

/** What was written; undefined where it names no layer. */
export function readLayers(text: string): WantedLayers | undefined {
  const typed = text.trim();
  if (typed === ALL || typed === "") return null;
  const count = Number(typed.replace("−", "-"));
  // No layer is the last but none; of a number below 0 only the one that it counts back to can be meant.
  if (Number.isInteger(count) && count <= 0) return count < 0 ? [count] : undefined;
  if (Number.isInteger(count)) return count;
  const names = typed
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => (/^[-−]?\d+$/.test(name) ? Number(name.replace("−", "-")) : name));
  return names.length > 0 ? names : undefined;
}
