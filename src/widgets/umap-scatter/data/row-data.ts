import { ComputeError } from "../../../compute/errors.ts";
import type { UmapScatterProps } from "../props.ts";
import type { Cause } from "../work-status.ts";
import { type Coloring, readColoring } from "./coloring.ts";
import { Latest } from "./latest.ts";
import { type Details, readDetails } from "./read-details.ts";

interface RowDataEvents {
  changed(what: "coloring" | "details"): void;
  succeeded(cause: Cause): void;
  failed(cause: Cause, error: ComputeError): void;
}

/** What is known of the rows beside their places: what colours them, what they are called, their values. */
export class RowData {
  #own: Coloring | null = null;
  #borrowed: Coloring | null = null;
  details: Details = { names: null, columns: [] };
  readonly #colors = new Latest();
  readonly #details = new Latest();

  constructor(
    readonly events: RowDataEvents,
    readonly signal: AbortSignal,
  ) {}

  /** null: coloured by density. */
  get coloring(): Coloring | null {
    return this.#borrowed ?? this.#own;
  }

  /** Colour by something else for a while; null goes back to what the caller asked for. */
  borrow(coloring: Coloring | null): void {
    if (coloring === this.#borrowed) return;
    this.#borrowed = coloring;
    this.events.changed("coloring");
  }

  /** A saved picture's own classes, until the labels themselves are read. */
  take(coloring: Coloring): void {
    this.#own = coloring;
    this.events.changed("coloring");
  }

  /** Read `color`, else `labels`. A failure is told, never thrown: the map is drawn all the same. */
  async readColors(props: UmapScatterProps, rows: number): Promise<void> {
    const { color, labels, saved } = props;
    const input = color ?? labels;
    const reading = input
      ? readColoring(input, color ? "color" : "labels", rows, { signal: this.signal })
      : Promise.resolve(saved ? this.#own : null);
    await this.#tell("colors", props, () =>
      this.#colors.take(reading, (coloring) => {
        this.#own = coloring;
        this.events.succeeded("colors");
        this.events.changed("coloring");
      }),
    );
  }

  /** Read names and values. */
  async readDetails(props: UmapScatterProps, rows: number): Promise<void> {
    await this.#tell("details", props, () =>
      this.#details.take(readDetails(props, rows, { signal: this.signal }), (details) => {
        this.details = details;
        this.events.succeeded("details");
        this.events.changed("details");
      }),
    );
  }

  async #tell(cause: Cause, { saved }: UmapScatterProps, read: () => Promise<void>): Promise<void> {
    try {
      await read();
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      // Data that can't be had is no failure beside a saved picture: that was saved for this case.
      if (this.signal.aborted || (saved && error.kind !== "input")) return;
      this.events.failed(cause, error);
    }
  }
}
