import type { ListedPicture, PictureList } from "../../models/picture-list.ts";
import type { FeatureMapGridProps } from "../props.ts";
import type { ShownMaps } from "./shown-maps.ts";

/** One, and a second one where two are compared. */
export type Wanted = readonly [ListedPicture] | readonly [ListedPicture, ListedPicture];

/** Whose maps are to be on show: what the caller asked for, until a reader chooses others. */
export class WantedPictures {
  /** null where there are no pictures. */
  now: Wanted | null = null;

  constructor(private readonly pictures: PictureList) {}

  /** Those that the caller asks for. */
  ask({ image, compare }: Pick<FeatureMapGridProps, "image" | "compare">): void {
    const { all } = this.pictures;
    this.now = pair(all[image], compare === null ? undefined : all[compare]);
  }

  /** Another one in the place of the first or of the second one. */
  put(picture: ListedPicture, place: 0 | 1): void {
    const [first, second] = this.now ?? [];
    this.now = place === 1 && first ? [first, picture] : pair(picture, second);
  }

  /** No second one any more. */
  keepFirst(): void {
    this.now = pair(this.now?.[0], undefined);
  }

  /** Those that are on show, where they are there still. */
  returnTo({ pictures }: ShownMaps): void {
    const { all } = this.pictures;
    const [first, second] = pictures.map((shown) => all.find(({ key }) => key === shown.key));
    this.now = pair(first, second) ?? this.now;
  }

  /** Whether one of them was given by a reader: the caller knows nothing of it. */
  get hasGiven(): boolean {
    return this.now?.some((picture) => this.pictures.numberOf(picture) === null) ?? false;
  }
}

function pair(first: ListedPicture | undefined, second: ListedPicture | undefined): Wanted | null {
  if (!first) return null;
  return second ? [first, second] : [first];
}
