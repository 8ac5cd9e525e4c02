import { ComputeError } from "../../compute/errors.ts";
import type { HostServices } from "../host/contract.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { ChangeListeners } from "./change-listeners.ts";
import { FirstResult } from "./first-result.ts";
import { WorkStatus } from "./work-status.ts";

let sessions = 0;

/** What the sessions of all widgets have: rows that are linked, work that is told of, and views that hear of changes. */
export abstract class WidgetSession<Change extends string> {
  readonly rows: LinkedRows;
  readonly work: WorkStatus;
  readonly first = new FirstResult();
  readonly #listeners = new ChangeListeners<Change | "status">();

  /**
   * @param name What ids begin with: "box-plot".
   * @param count Rows of the data; 0 until they are known.
   */
  constructor(
    name: string,
    count: number,
    readonly host: HostServices,
  ) {
    this.work = new WorkStatus(host, () => this.tell("status"));
    this.rows = new LinkedRows(`${name}-${++sessions}`, count);
    host.signal.addEventListener("abort", () => this.#end(), { once: true });
  }

  get ready(): Promise<void> {
    return this.first.promise;
  }

  /** Rows of the data. */
  get count(): number {
    return this.rows.count;
  }

  notice(sentence: string | null): void {
    this.work.hear(sentence);
  }

  listen(listener: (change: Change | "status") => void, signal: AbortSignal): void {
    this.#listeners.listen(listener, signal);
  }

  protected tell(change: Change | "status"): void {
    this.#listeners.tell(change);
  }

  /** Other rows, so many of them: what was selected and pointed at in the old means nothing in the new. */
  protected takeRows(count: number): void {
    this.rows.select(null);
    this.rows.hover(-1);
    this.rows.look(-1);
    this.rows.count = count;
  }

  #end(): void {
    this.first.fail(new ComputeError("cancelled", "The widget has ended."));
    this.rows.leave();
    this.#listeners.end();
  }
}
