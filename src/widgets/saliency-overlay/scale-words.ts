import type { ShownSaliency } from "./data/shown-saliency.ts";
import type { SaliencyOverlayProps } from "./props.ts";

/** What colours mean. */
export interface ScaleWords {
  readonly low: string;
  readonly high: string;
  /** Whose ends these are; "" where there is no more to say. */
  readonly of: string;
}

/** What the ends of a map's colours stand for. */
export function scaleWords(
  { columns }: Pick<ShownSaliency, "columns">,
  { colormap, blend, percentile }: Pick<SaliencyOverlayProps, "colormap" | "blend" | "percentile">,
): ScaleWords {
  const isGiven = columns.every(({ method }) => method === null);
  const isSigned = isSignedScale({ colormap, blend });
  if (isGiven) return { low: "0", high: "1", of: isSigned ? "0.5 in the middle" : "" };
  if (isSigned) return { low: "against", high: "for the class", of: `0 ± ${upTo(percentile)}` };
  return { low: "least", high: upTo(percentile), of: "of the map" };
}

/** Whether zero lies in the middle of the colours; Slideflow's blend has one map of colours, which has no sign. */
export function isSignedScale({ colormap, blend }: Pick<SaliencyOverlayProps, "colormap" | "blend">): boolean {
  return colormap === "signed" && blend !== "slideflow";
}

/** "99th percentile"; all that there is has no such name. */
function upTo(percentile: number): string {
  return percentile >= 100 ? "most" : `${ordinal(percentile)} percentile`;
}

function ordinal(number: number): string {
  const [tens, ones] = [Math.floor(number / 10) % 10, number % 10];
  const endings: Readonly<Record<number, string>> = { 1: "st", 2: "nd", 3: "rd" };
  return `${number}${tens === 1 ? "th" : (endings[ones] ?? "th")}`;
}
