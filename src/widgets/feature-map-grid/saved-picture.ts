import { ComputeError } from "../../compute/errors.ts";
import { settingsChosen, standingSettings } from "../work/chosen-settings.ts";
import { packMaps, unpackMaps } from "./data/saved-maps.ts";
import type { ShownMaps } from "./data/shown-maps.ts";
import { acceptProps } from "./props.ts";
import type { FeatureMapGridSession } from "./session.ts";

/** The picture that a saved notebook and an exported page have of feature maps: what is kept of them, and shown at first. */
export class SavedPicture {
  /** It is being read; null: it is not. */
  opening: Promise<void> | null = null;
  #keeping = new AbortController();

  constructor(private readonly session: FeatureMapGridSession) {}

  /** Show what was kept until the maps themselves are there; that it can't be read is told where these never come. */
  open(saved: Uint8Array<ArrayBuffer>): void {
    this.opening = this.#open(saved).finally(() => {
      this.opening = null;
    });
  }

  async #open(saved: Uint8Array<ArrayBuffer>): Promise<void> {
    const { session } = this;
    const { first, work } = session;
    try {
      const { shown, settings } = await unpackMaps(saved);
      const standing = standingSettings(settings, { ...session.props });
      // What an earlier version let be set may not be had any more.
      acceptProps({ ...session.props, ...settingsChosen(standing) });
      session.restore(standing);
      if (session.model) return;
      session.putOnShow(shown);
      first.come();
      if (!work.isWorking) this.tell();
    } catch (thrown) {
      if (session.props.model) return;
      const error = ComputeError.from(thrown);
      work.failed("model", error);
      first.fail(error);
    }
  }

  /** Say that it is no more than a picture. */
  tell(): void {
    const { host, props, work } = this.session;
    const again = props.model ? [{ label: "Run", run: () => this.session.again() }] : [];
    work.say(`Saved picture. ${host.again}`.trim(), again);
  }

  /** Leave what is on show in the saved notebook, unless something else has come by then. */
  async keep(shown: ShownMaps): Promise<void> {
    this.#keeping.abort();
    this.#keeping = new AbortController();
    const { signal } = this.#keeping;
    const { host, settings } = this.session;
    try {
      const packed = await packMaps({ shown, settings }, AbortSignal.any([signal, host.signal]));
      if (!signal.aborted) host.keep(packed);
    } catch (thrown) {
      if (ComputeError.from(thrown).kind !== "cancelled") throw thrown;
    }
  }
}
