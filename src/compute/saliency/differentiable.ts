import type { PictureLayout } from "../images/picture-layout.ts";

/** How a picture lies in the numbers that a model takes. */
export type PictureShape = PictureLayout;

/** A score and how it changes with every number of the picture that it was made from. */
export interface ScoredGradient {
  readonly score: number;
  /** In the picture's own layout. */
  readonly gradient: Float32Array;
}

/**
 * A score of pictures and its gradient at them: all that a method knows of a model. Each call gets a picture of its own,
 * which it may give away to a worker.
 */
export interface Differentiable {
  readonly shape: PictureShape;
  /** How many calls may be under way at a time; they may end in any order. */
  readonly lanes: number;
  gradient(picture: Float32Array<ArrayBuffer>): Promise<ScoredGradient>;
  score(picture: Float32Array<ArrayBuffer>): Promise<number>;
}

/** A layer's answer to a picture and the score's gradient at it, for Grad-CAM and its kin. */
export interface LayerAnswer {
  /** `channels * height * width`, channel first whatever the model's layout; no class token. */
  readonly activations: Float32Array;
  readonly gradients: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly score: number;
}

/** As `Differentiable`, at a layer instead of the picture. */
export interface LayerDifferentiable {
  /** The picture's. */
  readonly shape: PictureShape;
  readonly lanes: number;
  answer(picture: Float32Array<ArrayBuffer>): Promise<LayerAnswer>;
}
