import type { Job } from "../../compute/job.ts";
import type { ImageSource } from "../host/sources.ts";

/** Pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is told of a picture that was asked for: one of the two. */
export interface PictureAnswer {
  /** @param resized It is not of the size that was expected. */
  came(picture: ImageBitmap, resized: boolean): void;
  /** There is none, or it can't be had any more. */
  missed(): void;
}

/** Where decoded pictures are had from, one a row. */
export type PictureGetter = Pick<ImageSource, "get">;

/** Fetches the picture of the row in question and drops the answer when another row is asked for meanwhile. */
export class RowPictures {
  #size: Size = { width: 96, height: 96 };
  #asked = new AbortController();

  constructor(
    readonly sourceNow: () => PictureGetter | null,
    readonly signal: AbortSignal,
  ) {
    signal.addEventListener("abort", () => this.cancel(), { once: true });
  }

  /** The size to keep free for a picture that is still coming: that of the last one. */
  get expected(): Size | null {
    return this.sourceNow() ? this.#size : null;
  }

  cancel(): void {
    this.#asked.abort();
  }

  /** Ask for the picture of a row, until another row is asked for. */
  ask(row: number, told: PictureAnswer): void {
    this.cancel();
    const source = this.sourceNow();
    if (!source) return;
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const job: Job = { signal };
    source
      .get(row, job)
      // Why it can't be had is told elsewhere.
      .catch(() => null)
      .then((picture) => {
        if (signal.aborted) return;
        if (!picture) {
          told.missed();
          return;
        }
        const resized = picture.width !== this.#size.width || picture.height !== this.#size.height;
        this.#size = { width: picture.width, height: picture.height };
        told.came(picture, resized);
      });
  }
}
