import type { SaliencyPicture, ShownMap, ShownSaliency } from "./shown-saliency.ts";

/** What is on show as it grows, picture after picture and then map after map, over what was on show before it. */
export class GrowingSaliency {
  #pictures: readonly SaliencyPicture[] = [];
  readonly #finished = new Set<ShownMap>();
  #isOnShow = false;

  /**
   * @param facts What holds for all of it.
   * @param before What is left on show where nothing comes of it.
   * @param stands Whether a map of it, of the same picture, class and method, may stand on until its own is there.
   * @param publish Put it on show.
   */
  constructor(
    private readonly facts: Omit<ShownSaliency, "pictures">,
    private readonly before: ShownSaliency | null,
    private readonly stands: (map: ShownMap) => boolean,
    private readonly publish: (shown: ShownSaliency) => void,
  ) {}

  /**
   * The next picture, whose maps are to come. Where it is on show already it stays there as it is until the first of them
   * comes; any other is shown at once.
   */
  add(picture: Omit<SaliencyPicture, "maps">): void {
    const maps = this.facts.columns.map((_, column) => this.#standing(picture, column));
    this.#pictures = [...this.#pictures, { ...picture, maps }];
    const isThere = this.before?.pictures.some(({ key }) => key === picture.key) ?? false;
    if (this.#isOnShow || !isThere || maps.some((map) => map !== null)) this.#show();
  }

  /** A map of a picture that was added, finished or not. */
  put({ key }: Pick<SaliencyPicture, "key">, column: number, map: ShownMap): void {
    if (!map.isPartial) this.#finished.add(map);
    this.#pictures = this.#pictures.map((picture) =>
      picture.key === key ? { ...picture, maps: picture.maps.with(column, map) } : picture,
    );
    this.#show();
  }

  /** What is left of it when it ends half-way: finished maps alone; what was on show before where there is none. */
  left(): ShownSaliency | null {
    const pictures = this.#pictures.map((picture) => ({
      ...picture,
      maps: picture.maps.map((map, column) => (map?.isPartial ? this.#standing(picture, column) : map)),
    }));
    const hasAny = pictures.some(({ maps }) => maps.some((map) => map !== null));
    if (!this.#isOnShow || (this.before && !hasAny)) return this.before;
    return { ...this.facts, pictures };
  }

  /** Whether something that is left was there before: it is not what was asked for last. */
  get isFromBefore(): boolean {
    const maps = this.left()?.pictures.flatMap((picture) => picture.maps) ?? [];
    return maps.some((map) => map !== null && !this.#finished.has(map));
  }

  /** The map that stands in a place until the one that was asked for is there. */
  #standing({ key, classes }: Omit<SaliencyPicture, "maps">, column: number): ShownMap | null {
    const asked = this.facts.columns[column];
    const picture = this.before?.pictures.find((each) => each.key === key);
    const at = this.before?.columns.findIndex(
      ({ method, smooth }, place) =>
        method === asked?.method && smooth === asked?.smooth && picture?.classes[place] === classes[column],
    );
    const map = at === undefined ? undefined : picture?.maps[at];
    return map && this.stands(map) ? map : null;
  }

  #show(): void {
    this.#isOnShow = true;
    this.publish({ ...this.facts, pictures: this.#pictures });
  }
}
