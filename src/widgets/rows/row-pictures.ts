import type { Job } from "../../compute/job.ts";
import type { ImageSource } from "../host/sources.ts";

interface Size {
  readonly width: number;
  readonly height: number;
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

  /** `show` is called with the picture unless it can't be had or another row was asked for. */
  ask(row: number, show: (picture: ImageBitmap, resized: boolean) => void): void {
    this.cancel();
    const source = this.sourceNow();
    if (!source) return;
    this.#asked = new AbortController();
    const { signal } = this.#asked;
    const job: Job = { signal };
    source.get(row, job).then(
      (picture) => {
        if (!picture || signal.aborted) return;
        const resized = picture.width !== this.#size.width || picture.height !== this.#size.height;
        this.#size = { width: picture.width, height: picture.height };
        show(picture, resized);
      },
      // A picture that can't be had leaves its place empty; the words stand without it.
      () => undefined,
    );
  }
}
