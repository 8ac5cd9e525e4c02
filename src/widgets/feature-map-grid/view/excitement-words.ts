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

/** "Activation: mean 12.4, maximum 31", the same of the picture on show, the most of all of them; a line each. */
export function excitementWords(
  { activation, most, steps }: FeatureVisualization,
  isGrowing: boolean,
  { isOneNumber, picture, searched }: ComparedAnswers,
): readonly string[] {
  const told = ({ mean, most: highest }: Answered): string =>
    isOneNumber ? formatNumber(mean) : `mean ${formatNumber(mean)}, maximum ${formatNumber(highest)}`;
  return [
    `${isGrowing ? "Activation so far" : "Activation"}: ${told({ mean: activation, most })}`,
    `${picture.name}: ${told(picture)}`,
    ...(searched
      ? [`Maximum over ${formatCounted(searched.pictures, "picture")}: ${formatNumber(searched.most)}`]
      : []),
    `After ${formatCounted(steps, "step")}`,
  ];
}
