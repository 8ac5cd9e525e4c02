import { ComputeError } from "../../compute/errors.ts";
import { givenPictures } from "./given-pictures.ts";
import { countPictures, type ModelPictures } from "./page-model.ts";

/** Pictures that were passed to a widget, and what they are called. */
export interface PassedPictures {
  readonly images: ModelPictures | null;
  readonly imageNames: readonly string[] | null;
}

/** A picture that a model can be asked about: a row of those that were passed, or one that a reader gave. */
export interface ListedPicture {
  /** The same for the same picture. */
  readonly key: string;
  readonly name: string;
  readonly pictures: ModelPictures;
  readonly row: number;
}

/** Pictures that a reader gave which are kept; the oldest go. */
const MOST_GIVEN = 16;

/** The pictures that there are: first those that were passed, then what a reader dropped, pasted, picked or took. */
export class PictureList {
  #passed: readonly ListedPicture[] = [];
  #given: readonly ListedPicture[] = [];
  #counted = 0;

  constructor(passed: PassedPictures) {
    this.take(passed);
  }

  /** Other pictures were passed. */
  take({ images, imageNames }: PassedPictures): void {
    this.#passed = images
      ? Array.from({ length: countPictures(images) }, (_, row) => ({
          key: `${images.key} ${row}`,
          name: imageNames?.[row] ?? `picture ${row + 1}`,
          pictures: images,
          row,
        }))
      : [];
  }

  get all(): readonly ListedPicture[] {
    return [...this.#passed, ...this.#given];
  }

  /** How many of them were passed. */
  get passed(): number {
    return this.#passed.length;
  }

  /**
   * Add one that a reader gives.
   *
   * @throws {ComputeError} "input" for a file that says of itself that it is no picture.
   */
  add(picture: Blob | ImageBitmap, name: string): ListedPicture {
    if (picture instanceof Blob && picture.type && !picture.type.startsWith("image/"))
      throw new ComputeError("input", `${name} is no picture.`, "Give a PNG, JPEG, WebP, GIF or AVIF file.");
    const added = { key: `given ${++this.#counted}`, name, pictures: givenPictures([picture]), row: 0 };
    this.#given = [...this.#given, added].slice(-MOST_GIVEN);
    return added;
  }

  /** The number by which the host knows it; null where a reader gave it. */
  numberOf({ key }: ListedPicture): number | null {
    const at = this.#passed.findIndex((picture) => picture.key === key);
    return at < 0 ? null : at;
  }

  /** Whether several were passed. */
  get areSeveral(): boolean {
    return this.#passed.length > 1;
  }
}
