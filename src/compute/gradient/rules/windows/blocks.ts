import { numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";

/** DepthToSpace: the numbers of a block go back to where they came from, depth first (DCR) or columns first (CRD). */
export const depthToSpace = atFirstInput(({ node, back, gradient, data }) => {
  const dims = back.shape(data);
  const [pictures = 1, channels = 1, height = 1, width = 1] = dims;
  const block = numberOf(node, "blocksize", 1);
  const blocks = reshapeTo(back, gradient, [pictures, channels / block ** 2, height, block, width, block]);
  const order = textOf(node, "mode", "DCR") === "CRD" ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4];
  return reshapeTo(back, transpose(back, blocks, order), dims);
});

/** SpaceToDepth: the other way about, depth first. */
export const spaceToDepth = atFirstInput(({ node, back, gradient, data }) => {
  const dims = back.shape(data);
  const [pictures = 1, channels = 1, height = 1, width = 1] = dims;
  const block = numberOf(node, "blocksize", 1);
  const blocks = reshapeTo(back, gradient, [pictures, block, block, channels, height / block, width / block]);
  return reshapeTo(back, transpose(back, blocks, [0, 3, 4, 1, 5, 2]), dims);
});
