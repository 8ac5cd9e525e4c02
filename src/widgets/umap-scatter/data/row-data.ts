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
  /** null: coloured by density. */
  coloring: Coloring | null = null;
  details: Details = { names: null, columns: [] };
  readonly #colors = new Latest();
  readonly #details = new Latest();

  constructor(
    readonly events: RowDataEvents,
    readonly signal: AbortSignal,
  ) {}

  /** A saved picture's own classes, until the labels themselves are read. */
  take(coloring: Coloring): void {
    this.coloring = coloring;
    this.events.changed("coloring");
  }

  /** Read `color`, else `labels`. A failure is told, never thrown: the map is drawn all the same. */
  async readColors(props: UmapScatterProps, rows: number): Promise<void> {
    const { color, labels, saved } = props;
    const input = color ?? labels;
    const reading = input
      ? readColoring(input, color ? "color" : "labels", rows, { signal: this.signal })
      : Promise.resolve(saved ? this.coloring : null);
    await this.#tell("colors", props, () =>
      this.#colors.take(reading, (coloring) => {
        this.coloring = coloring;
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
