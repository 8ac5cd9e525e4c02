import type { LayoutPicture, LayoutPictures } from "../../../compute/umap/layout/layout-pictures.ts";
import { MOST_BINDING_BYTES } from "../../../compute/webgpu/gpu-memory.ts";
import type { Rgb } from "../../theme/rgb.ts";
import type { Scheme } from "../../theme/tokens.ts";
import { LEAST_FLOOR } from "./ink.ts";
import { type Frame, ringWidth, type Scene } from "./scene.ts";

/** A pixel's sums on the GPU. */
const BYTES_A_PIXEL = 16;

/** What a picture is asked for with, beside scene and frame. */
export interface Asked {
  readonly scheme: Scheme;
  readonly notSelected: Rgb;
  /** The count that gives full ink; null: as measured. */
  readonly dense: number | null;
  readonly measures: boolean;
}

/** One view of a layout that is drawn where it settles. */
export class LayoutViewer {
  readonly #view: number;
  #asks = 0;
  #told: Scene | null = null;

  constructor(readonly line: LayoutPictures) {
    this.#view = line.newView();
  }

  /** Resolves with null when no picture comes: the layout is done, or drawn elsewhere. One ask at a time. */
  ask(scene: Scene, frame: Frame, { scheme, notSelected, dense, measures }: Asked): Promise<LayoutPicture | null> {
    const { codes, palette, missing, mask, positions } = scene;
    const isTold = this.#told !== null && looksAlike(this.#told, scene);
    this.#told = scene;
    const rows = positions.length >> 1;
    const styles = { rows, codes, palette, missing: codes ? missing : -1, mask };
    const { affine, width, height, diameter } = frame;
    const seen = { affine, width, height, diameter, ring: ringWidth(diameter), floor: LEAST_FLOOR[scheme] };
    return this.line.ask({
      view: this.#view,
      number: ++this.#asks,
      picture: { ...seen, grey: notSelected, dense, measures },
      ...(isTold ? {} : { styles }),
    });
  }

  withdraw(): void {
    this.line.withdraw(this.#view);
  }
}

/** Whether the GPU that lays a map out could draw this: discs alone, in a picture that one binding holds. */
export function isDrawnThere({ marks }: Scene, { width, height }: Frame): boolean {
  return !marks && width * height * BYTES_A_PIXEL <= MOST_BINDING_BYTES;
}

function looksAlike(a: Scene, b: Scene): boolean {
  const isRows = a.positions.length === b.positions.length;
  return isRows && a.codes === b.codes && a.palette === b.palette && a.missing === b.missing && a.mask === b.mask;
}
