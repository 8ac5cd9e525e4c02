import type { KerasWeight } from "./keras-model.ts";

/** Bytes of one number of a weight, as Keras stores it. */
export const WEIGHT_BYTES: Readonly<Record<KerasWeight["type"], number>> = {
  float16: 2,
  float32: 4,
  float64: 8,
  bfloat16: 2,
  int8: 1,
  int32: 4,
  int64: 8,
  uint8: 1,
  bool: 1,
};
