import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { Cause } from "../work/work-status.ts";
import { type Coloring, readColoring } from "./coloring.ts";
import { Latest } from "./latest.ts";
import { type Details, readDetails } from "./read-details.ts";
import type { RowInputs } from "./row-inputs.ts";

interface RowDataEvents {
  changed(what: "coloring" | "details"): void;
  succeeded(cause: Cause): void;
  failed(cause: Cause, error: ComputeError): void;
}

/** What rows are coloured by for a while, in place of what the caller asked for. */
export interface Loan {
  readonly coloring: Coloring;
  /** As sentences call it: "unit 3". */
  readonly name: string;
  /** What stands over the legend. */
  readonly title: string;
}

/** What is told of rows: what colours them (null: their density), names and values. */
export interface RowFacts {
  readonly coloring: Coloring | null;
  readonly details: Details;
}

/** What is known of the rows beside their places: what colours them, what they are called, their values. */
export class RowData {
  #own: Coloring | null = null;
  #loan: Loan | null = null;
  #isLoanAside = false;
  details: Details = { names: null, columns: [] };
  readonly #colors = new Latest();
  readonly #details = new Latest();

  constructor(
    readonly events: RowDataEvents,
    readonly signal: AbortSignal,
  ) {}

  /** null: coloured by density. */
  get coloring(): Coloring | null {
    return this.shownLoan?.coloring ?? this.#own;
  }

  /** What is lent, whether the reader looks at it or has put it aside. */
  get loan(): Loan | null {
    return this.#loan;
  }

  /** What is lent and colours the rows. */
  get shownLoan(): Loan | null {
    return this.#isLoanAside ? null : this.#loan;
  }

  /** Colour by something else for a while; null goes back to what the caller asked for. */
  borrow(loan: Loan | null): void {
    if (loan === this.#loan) return;
    this.#loan = loan;
    if (!loan) this.#isLoanAside = false;
    this.events.changed("coloring");
  }

  /** Colour by what the caller asked for although something is lent, until nothing is, or by that again. */
  putLoanAside(isAside: boolean): void {
    if (!this.#loan || isAside === this.#isLoanAside) return;
    this.#isLoanAside = isAside;
    this.events.changed("coloring");
  }

  /** A saved picture's own classes, until the labels themselves are read. */
  take(coloring: Coloring): void {
    this.#own = coloring;
    this.events.changed("coloring");
  }

  /** What the caller has told, whatever the rows are coloured by at the moment. */
  get facts(): RowFacts {
    return { coloring: this.#own, details: this.details };
  }

  /**
   * Read what is told of other rows, without showing it.
   *
   * @throws {ComputeError} when it is not one a row.
   */
  async read(props: RowInputs, rows: number, { signal }: Job): Promise<RowFacts> {
    const job = { signal: signal ? AbortSignal.any([signal, this.signal]) : this.signal };
    const [coloring, details] = await Promise.all([colorsOf(props, rows, job), readDetails(props, rows, job)]);
    return { coloring, details };
  }

  /** Other rows are on show; the caller tells of it. */
  put({ coloring, details }: RowFacts): void {
    this.#colors.drop();
    this.#details.drop();
    this.#loan = null;
    this.#isLoanAside = false;
    this.#own = coloring;
    this.details = details;
  }

  /** Read `color`, else `labels`. A failure is told, never thrown: the map is drawn all the same. */
  async readColors(props: RowInputs, rows: number): Promise<void> {
    const { color, labels, saved } = props;
    const isSaved = !color && !labels && saved;
    const reading = isSaved ? Promise.resolve(this.#own) : colorsOf(props, rows, { signal: this.signal });
    await this.#tell("colors", props, () =>
      this.#colors.take(reading, (coloring) => {
        this.#own = coloring;
        this.events.succeeded("colors");
        this.events.changed("coloring");
      }),
    );
  }

  /** Read names and values. */
  async readDetails(props: RowInputs, rows: number): Promise<void> {
    await this.#tell("details", props, () =>
      this.#details.take(readDetails(props, rows, { signal: this.signal }), (details) => {
        this.details = details;
        this.events.succeeded("details");
        this.events.changed("details");
      }),
    );
  }

  async #tell(cause: Cause, { saved }: RowInputs, read: () => Promise<void>): Promise<void> {
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

async function colorsOf({ color, labels }: RowInputs, rows: number, job: Job): Promise<Coloring | null> {
  const input = color ?? labels;
  return input ? readColoring(input, color ? "color" : "labels", rows, job) : null;
}
