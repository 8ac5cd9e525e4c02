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
  look: Pick<SaliencyOverlayProps, "colormap" | "under" | "blend" | "percentile">,
): ScaleWords {
  const isGiven = columns.every(({ method }) => method === null);
  const isSigned = isSignedScale(look);
  const most = upTo(look.percentile);
  if (isGiven) return { low: "0", high: "1", of: isSigned ? "0.5 in the middle" : "" };
  if (isSigned) return { low: "against", high: "for the class", of: `0 ± ${most}` };
  return { low: "least", high: most, of: "of the map" };
}

/** Whether zero lies in the middle of the colours; those of Slideflow's blend have no sign. */
export function isSignedScale(look: Pick<SaliencyOverlayProps, "colormap" | "under" | "blend">): boolean {
  return look.colormap === "signed" && !isSlideflow(look);
}

/** Whether maps lie over their pictures as Slideflow has it, whose colours are always Oranges; alone they have those chosen. */
export function isSlideflow({ under, blend }: Pick<SaliencyOverlayProps, "under" | "blend">): boolean {
  return under === "picture" && blend === "slideflow";
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
