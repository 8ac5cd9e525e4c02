import { reshapeTo } from "../../emit/shape.ts";
import { atFirstInput } from "../at-first-input.ts";

/** Reshape, Flatten, Squeeze, Unsqueeze: the numbers stay in their order, and the gradient takes the shape back. */
export const reshape = atFirstInput(({ back, gradient, data }) => reshapeTo(back, gradient, back.shape(data)));
