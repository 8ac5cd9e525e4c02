import { atFirstInput } from "../at-first-input.ts";
import { unmix } from "./mix-along.ts";
import { resizedSides, resizeSettings } from "./resize-settings.ts";
import { resizedShares } from "./resized-shares.ts";
import { copiesNumbers, sumCopies } from "./sum-copies.ts";

/** Resize and Upsample: each number gets what it counted for those that were made of it, along one axis after the other. */
export const resize = atFirstInput(({ node, back, gradient, data, output }) => {
  const settings = resizeSettings(node, back.opset);
  const mixtures = resizedSides(node, back).flatMap((side, axis) => {
    const { from, to, scale } = side;
    const isAll = settings.coordinates !== "tf_crop_and_resize" || (side.start === 0 && side.end === 1);
    return isAll && from === to && scale === 1 ? [] : [{ axis, from, to, shares: resizedShares(side, settings) }];
  });
  const isEnlarged = mixtures.every(copiesNumbers);
  if (isEnlarged) return sumCopies(back, gradient, back.shape(data), mixtures);
  return unmix(back, gradient, back.shape(output), mixtures);
});
