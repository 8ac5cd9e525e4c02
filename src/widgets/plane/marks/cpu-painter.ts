import type { Rgb } from "../../theme/rgb.ts";
import { accumulate, emptySums, type Sums } from "./accumulate.ts";
import type { Tone } from "./ink.ts";
import type { Painter } from "./painter.ts";
import type { Frame, Scene } from "./scene.ts";
import { denseCount, tonePixels } from "./tone-pixels.ts";

/** About 4 ms of work. */
const SLICE = 32_768;

/** The plain canvas: for browsers without WebGL2 and where WebGL would be emulated. */
export class CpuPainter implements Painter {
  readonly isReady = true;
  #sums: Sums | null = null;
  #scene: Scene | null = null;
  #frame: Frame | null = null;
  #picture: ImageData | null = null;

  *sum(scene: Scene, frame: Frame): Generator<void, void> {
    const sums = this.#clearedSums(scene, frame);
    // Half-made sums belong to nobody, should the caller give up.
    this.#scene = null;
    const rows = scene.positions.length >> 1;
    for (let from = 0; from < rows; from += SLICE) {
      accumulate(sums, scene, frame, from, Math.min(rows, from + SLICE));
      yield;
    }
    this.#scene = scene;
    this.#frame = frame;
  }

  holds(scene: Scene, frame: Frame): boolean {
    return this.#scene === scene && this.#frame === frame;
  }

  denseCount(): number {
    return this.#sums ? denseCount(this.#sums) : 1;
  }

  show(onto: CanvasRenderingContext2D, tone: Tone, greyColor: Rgb): void {
    if (!this.#sums || !this.#scene) return;
    const { width, height } = this.#sums;
    if (this.#picture?.width !== width || this.#picture.height !== height) this.#picture = new ImageData(width, height);
    tonePixels(this.#picture.data, this.#sums, this.#scene, tone, greyColor, null, 0, height);
    onto.putImageData(this.#picture, 0, 0);
  }

  #clearedSums(scene: Scene, frame: Frame): Sums {
    const kept = this.#sums;
    const fits = kept?.width === frame.width && kept.height === frame.height;
    if (!kept || !fits || (kept.grey === null) !== (scene.mask === null)) this.#sums = emptySums(frame, scene);
    else {
      kept.colored.fill(0);
      kept.grey?.fill(0);
    }
    return this.#sums ?? emptySums(frame, scene);
  }
}
