import type { Rgb } from "../../theme/rgb.ts";
import type { Tone } from "./ink.ts";
import type { Frame, Scene } from "./scene.ts";

/** Draws scenes for one plot. */
export interface Painter {
  /** False while its GPU is lost. */
  readonly isReady: boolean;
  /** Sum the marks, in slices: the caller runs the generator to its end, with pauses for the page. */
  sum(scene: Scene, frame: Frame): Generator<void, void>;
  /** Whether the sums at hand are those of this scene and frame. */
  holds(scene: Scene, frame: Frame): boolean;
  /** The count that gives full ink in the sums at hand. */
  denseCount(): number;
  /** Tone the sums at hand and put them onto a canvas of the frame's size. */
  show(onto: CanvasRenderingContext2D, tone: Tone, greyColor: Rgb): void;
}
