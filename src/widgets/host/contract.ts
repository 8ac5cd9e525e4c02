import type { Job } from "../../compute/job.ts";
import type { LinkedRows } from "../link/linked-rows.ts";

/**
 * One widget, described without knowing who hosts it. A host (anywidget, Observable, an exported page) opens one
 * session a widget and mounts it once a view.
 */
export interface WidgetSpec<Props extends object> {
  /** Kebab case; also the file name of its exports: "umap-scatter". */
  readonly name: string;
  /** Every property with the value it takes when the caller leaves it out. */
  readonly defaults: Props;
  /** Check what a caller wrote and fill in the defaults; throws a ComputeError that says what is wrong and where. */
  accept(input: Readonly<Record<string, unknown>>): Props;
  open(props: Props, host: HostServices): Session<Props>;
}

/** What all views of one widget share: its data, its running computation, its selection. */
export interface Session<Props extends object> {
  /** The selection that the host reports as the widget's value; linking swaps the group behind it. */
  readonly rows: LinkedRows;
  /**
   * Settles when the first complete result is on show; rejects with a ComputeError. Another promise once what had failed
   * has come all the same.
   */
  readonly ready: Promise<void>;
  /** Draw into `root` until `signal` aborts. */
  mount(root: HTMLElement, signal: AbortSignal): void;
  update(changed: Partial<Props>): void;
  /** A sentence from the host for the status line ("Python has stopped; ..."), or null to take it back. */
  notice(sentence: string | null): void;
  /** Calls that a host may pass on from Python or an exported element: "embedding", "save", ... */
  readonly commands: Readonly<Record<string, Command>>;
}

/** Answers bytes (sent to Python in chunks) with a JSON header that says what they are. */
export type Command = (options: Readonly<Record<string, unknown>>, job: Job) => Promise<Answer>;

export interface Answer {
  readonly header: Readonly<Record<string, unknown>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What a host does for a session. */
export interface HostServices {
  /** Aborted when the last view is gone and the session ends. */
  readonly signal: AbortSignal;
  /** Tell whoever waits for the widget (Python's `await`) how far it is. */
  report(status: SessionStatus): void;
  /** Tell Python what a reader has set or given here (a message of kind "told"); hosts without one ignore it. */
  tell?(facts: Readonly<Record<string, unknown>>): void;
  /** Put a small picture of the result into the saved notebook; hosts that save nothing ignore it. */
  keep(saved: Uint8Array<ArrayBuffer>): void;
  /** A part of the product that is loaded only when needed, as a module; the engine for models as its `EngineFiles`. */
  load(part: "plotly" | "pdf" | "engine"): Promise<unknown>;
  /** Bring such a part here before it is needed, where it comes from somebody who may go; failing is no failure. */
  bring?(part: "plotly" | "pdf"): void;
  /** How a reader has something computed again that only a saved picture is left of; empty where there is no way. */
  readonly again: string;
  /** Hand a file to the reader. */
  download(name: string, content: Blob): void;
}

export type SessionStatus =
  | { readonly phase: "waiting" }
  | { readonly phase: "working"; readonly sentence: string }
  | { readonly phase: "done"; readonly seconds: number; readonly caption: string }
  | { readonly phase: "stopped"; readonly sentence: string }
  | { readonly phase: "failed"; readonly reason: string; readonly remedy: string; readonly details: string };
