import type { FeatureVisualization } from "../../../compute/feature-visualization/visualize-model.ts";
import { formatCounted, formatNumber } from "../../theme/numbers.ts";

/** What a part of a model answers to a picture: over all places of a channel, or at one. */
export interface Answered {
  readonly mean: number;
  readonly most: number;
}

/** What the answer to a picture that was grown is compared with. */
export interface ComparedAnswers {
  /** One number is answered: of a dense layer, or of a single place. */
  readonly isOneNumber: boolean;
  /** The picture on show, and what is answered to it. */
  readonly picture: Answered & { readonly name: string };
  /** The most that is answered to any of the reader's pictures, and how many these are; null: they were not searched. */
  readonly searched: { readonly most: number; readonly pictures: number } | null;
}

/** "Answer 12.4 on average, 31 at most", beside the same of the picture on show and the most of all, a line each. */
export function excitementWords(
  { activation, most, steps }: FeatureVisualization,
  isGrowing: boolean,
  { isOneNumber, picture, searched }: ComparedAnswers,
): readonly string[] {
  const told = ({ mean, most: highest }: Answered): string =>
    isOneNumber ? formatNumber(mean) : `${formatNumber(mean)} on average, ${formatNumber(highest)} at most`;
  return [
    `${isGrowing ? "Activation so far" : "Activation"}: ${told({ mean: activation, most })}`,
    `${picture.name}: ${told(picture)}`,
    ...(searched ? [`The most of ${formatCounted(searched.pictures, "picture")}: ${formatNumber(searched.most)}`] : []),
    `After ${formatCounted(steps, "step")}`,
  ];
}
