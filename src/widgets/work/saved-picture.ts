import { ComputeError } from "../../compute/errors.ts";
import type { HostServices } from "../host/contract.ts";
import { type ChosenSettings, settingsChosen, standingSettings } from "./chosen-settings.ts";
import type { FirstResult } from "./first-result.ts";
import type { WorkStatus } from "./work-status.ts";

/** What is kept: what is on show, and what a reader has set. */
export interface SavedShown<Shown> {
  readonly shown: Shown;
  readonly settings: ChosenSettings;
}

/** How it is packed and read, and what of it can still be shown. */
export interface SavedFormat<Shown> {
  /** @throws {ComputeError} "cancelled" where it is not wanted any more. */
  pack(saved: SavedShown<Shown>, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
  /** @throws {ComputeError} "input" for what was packed by another version, or was damaged. */
  unpack(saved: Uint8Array<ArrayBuffer>): Promise<SavedShown<Shown>>;
  /** @throws {ComputeError} for properties that this version doesn't take. */
  check(props: Readonly<Record<string, unknown>>): unknown;
}

/** The session whose picture it is. */
interface SavingSession<Shown> {
  readonly first: FirstResult;
  readonly work: WorkStatus;
  readonly host: HostServices;
  readonly settings: ChosenSettings;
  readonly props: { readonly model: unknown };
  /** Open, or null. */
  readonly model: unknown;
  again(): void;
  restore(settings: ChosenSettings): void;
  putOnShow(shown: Shown): void;
}

/** The picture that a saved notebook and an exported page have of what a model said: what is kept of it, and shown at first. */
export class SavedPicture<Shown> {
  /** It is being read; null: it is not. */
  opening: Promise<void> | null = null;
  #keeping = new AbortController();

  constructor(
    private readonly session: SavingSession<Shown>,
    private readonly format: SavedFormat<Shown>,
  ) {}

  /** Show what was kept until the real thing is there; that it can't be read is told where this never comes. */
  open(saved: Uint8Array<ArrayBuffer>): void {
    this.opening = this.#open(saved).finally(() => {
      this.opening = null;
    });
  }

  async #open(saved: Uint8Array<ArrayBuffer>): Promise<void> {
    const { session } = this;
    const { first, work } = session;
    try {
      const { shown, settings } = await this.format.unpack(saved);
      const standing = standingSettings(settings, { ...session.props });
      // What an earlier version let be set may not be had any more.
      this.format.check({ ...session.props, ...settingsChosen(standing) });
      session.restore(standing);
      if (session.model || work.isDone) return;
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
  async keep(shown: Shown): Promise<void> {
    this.#keeping.abort();
    this.#keeping = new AbortController();
    const { signal } = this.#keeping;
    const { host, settings } = this.session;
    try {
      const packed = await this.format.pack({ shown, settings }, AbortSignal.any([signal, host.signal]));
      if (!signal.aborted) host.keep(packed);
    } catch (thrown) {
      if (ComputeError.from(thrown).kind !== "cancelled") throw thrown;
    }
  }
}
