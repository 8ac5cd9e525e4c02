import type { Preprocessing } from "./preprocessing.ts";

type Scale = Pick<Preprocessing, "scale" | "mean" | "deviation" | "channels">;

/** The modes of `preprocess_input` (keras/applications/imagenet_utils.py, Keras 3.15). */
const MODES = {
  tf: { scale: 1 / 127.5, mean: [1], deviation: [1], channels: "RGB" },
  torch: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225], channels: "RGB" },
  caffe: { scale: 1, mean: [103.939, 116.779, 123.68], deviation: [1], channels: "BGR" },
} as const satisfies Record<string, Scale>;

/**
 * Families of Keras Applications that take no values from 0 to 255, by a layer that no other family has: the model's own name
 * may have been changed, layers keep theirs.
 */
const FAMILIES: readonly { readonly family: string; readonly layer: RegExp; readonly mode: keyof typeof MODES }[] = [
  { family: "VGG", layer: /^block5_conv[123]$/, mode: "caffe" },
  { family: "ResNetV2", layer: /^conv2_block1_preact_bn$/, mode: "tf" },
  { family: "DenseNet", layer: /^conv2_block1_concat$/, mode: "torch" },
  { family: "ResNet", layer: /^(conv2_block1_0_conv|res2a_branch1)$/, mode: "caffe" },
  { family: "Xception", layer: /^block1_conv1_bn$/, mode: "tf" },
  { family: "MobileNetV2", layer: /^expanded_conv_depthwise$/, mode: "tf" },
  { family: "MobileNet", layer: /^conv_dw_1$/, mode: "tf" },
  { family: "InceptionResNetV2", layer: /^conv_7b$/, mode: "tf" },
  { family: "InceptionV3", layer: /^mixed9_1$/, mode: "tf" },
  { family: "NASNet", layer: /^stem_conv1$/, mode: "tf" },
];

/** How that family of Keras Applications takes its values; null where the layers are those of none. */
export function kerasHabit(layers: readonly string[]): { readonly family: string; readonly settings: Scale } | null {
  const own = layers.map((name) => name.slice(name.lastIndexOf("/") + 1));
  const found = FAMILIES.find(({ layer }) => own.some((name) => layer.test(name)));
  return found ? { family: found.family, settings: MODES[found.mode] } : null;
}
