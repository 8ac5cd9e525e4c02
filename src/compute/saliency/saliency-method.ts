/** The names on the wire, as Slideflow's methods are called. */
export const SALIENCY_METHODS = [
  "vanilla",
  "integrated_gradients",
  "guided_integrated_gradients",
  "blur_integrated_gradients",
  "xrai",
  "xrai_fast",
  "gradcam",
  "gradcam_plus_plus",
  "layercam",
  "gradient_x_input",
  "occlusion",
] as const;

export type SaliencyMethod = (typeof SALIENCY_METHODS)[number];

/** A method as Slideflow numbers or lists it. */
export interface NamedMethod {
  readonly method: SaliencyMethod;
  readonly smooth: boolean;
}

/**
 * Slideflow's constants, by which `get(img, number)` asks: VANILLA = 0 to XRAI_FAST = 9. 7 is blur integrated gradients made
 * smooth, as its constant BLUR_INTEGRATED_GRADIENTS_SMOOTH says; Slideflow itself leaves the smoothing out there.
 */
export const NUMBERED_METHODS: readonly NamedMethod[] = [
  { method: "vanilla", smooth: false },
  { method: "vanilla", smooth: true },
  { method: "integrated_gradients", smooth: false },
  { method: "integrated_gradients", smooth: true },
  { method: "guided_integrated_gradients", smooth: false },
  { method: "guided_integrated_gradients", smooth: true },
  { method: "blur_integrated_gradients", smooth: false },
  { method: "blur_integrated_gradients", smooth: true },
  { method: "xrai", smooth: false },
  { method: "xrai_fast", smooth: false },
];

/** What Slideflow's `all(img)` gives, with its names. */
export const ALL_METHODS: readonly (NamedMethod & { readonly name: string })[] = [
  { name: "Vanilla", method: "vanilla", smooth: false },
  { name: "Vanilla (Smoothed)", method: "vanilla", smooth: true },
  { name: "Integrated Gradients", method: "integrated_gradients", smooth: false },
  { name: "Integrated Gradients (Smooth)", method: "integrated_gradients", smooth: true },
  { name: "Guided Integrated Gradients", method: "guided_integrated_gradients", smooth: false },
  { name: "Guided Integrated Gradients (Smooth)", method: "guided_integrated_gradients", smooth: true },
  { name: "Blur Integrated Gradients", method: "blur_integrated_gradients", smooth: false },
  { name: "Blur Integrated Gradients (Smooth)", method: "blur_integrated_gradients", smooth: true },
];

/** Whether SmoothGrad may go over a method: segments and patches average already. */
export function takesSmooth(method: SaliencyMethod): boolean {
  return method !== "xrai" && method !== "xrai_fast" && method !== "occlusion";
}
