import { ComputeError } from "../../compute/errors.ts";
import type { StainNormalizer } from "../../compute/images/stain/normalizer.ts";
import type { RowMask } from "../../compute/selection/row-mask.ts";
import type { ImageSource } from "../host/sources.ts";
import { Latest } from "../rows/latest.ts";
import type { PictureGetter } from "../rows/row-pictures.ts";
import type { Cause } from "../work/work-status.ts";
import { readFocus } from "./data/read-focus.ts";
import { inStain, readStain } from "./data/read-stain.ts";
import type { TileGrid } from "./data/tile-grids.ts";
import type { MosaicSession } from "./session.ts";

/** What the tiles of a session look like, but for their colours: their pictures, their stain, and which are in focus. */
export class TileLooks {
  /** The tiles' pictures; null where they can't be had, as in a notebook whose kernel has gone. */
  images: ImageSource | null;
  /** The colours that they are shown in; null: their own. */
  stain: StainNormalizer | null = null;
  /** Tiles in focus; null: all. */
  focus: RowMask | null = null;
  readonly #focus = new Latest();
  readonly #stain = new Latest();

  constructor(
    readonly session: MosaicSession,
    private readonly tell: (change: "pictures" | "focus") => void,
  ) {
    this.images = session.props.images;
  }

  /** Pictures as a reader sees them one by one. */
  get shownImages(): PictureGetter | null {
    return this.images && this.stain ? inStain(this.images, this.stain) : this.images;
  }

  showImages(images: ImageSource | null): void {
    this.images = images;
    this.tell("pictures");
  }

  /** Beside a saved picture the tiles themselves may be out of reach; then there are points only. */
  async seekImages({ grid }: TileGrid): Promise<void> {
    const { session } = this;
    const { signal } = session.host;
    const { images } = session.props;
    const first = grid.shown.find((row) => row >= 0);
    if (!images || first === undefined) return;
    const picture = await images.get(first, { signal }).catch(() => null);
    const found = picture ? session.props.images : null;
    if (signal.aborted || session.layout?.origin.kind !== "saved" || found === this.images) return;
    this.showImages(found);
  }

  async readFocus(): Promise<void> {
    const { props, count, host } = this.session;
    const reading = readFocus(props.focus, count, { signal: host.signal });
    await this.#take("focus", () =>
      this.#focus.take(reading, (focus) => {
        this.focus = focus;
        this.tell("focus");
      }),
    );
  }

  async readStain(): Promise<void> {
    const { props, host } = this.session;
    await this.#take("pictures", () =>
      this.#stain.take(readStain(props, { signal: host.signal }), (stain) => {
        this.stain = stain;
        this.tell("pictures");
      }),
    );
  }

  async #take(cause: Cause, read: () => Promise<void>): Promise<void> {
    const { work, host } = this.session;
    try {
      await read();
      work.succeeded(cause);
    } catch (thrown) {
      if (!host.signal.aborted) work.failed(cause, ComputeError.from(thrown));
    }
  }
}
