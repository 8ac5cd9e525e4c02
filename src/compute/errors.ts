/** Why a computation could not be done; the kind decides what a widget shows and whether trying again can help. */
export type ErrorKind = "input" | "memory" | "cancelled" | "lost" | "internal";

/** A failure that a reader can act on: one sentence of cause, one of remedy, technical details apart. */
export class ComputeError extends Error {
  override readonly name = "ComputeError";

  constructor(
    readonly kind: ErrorKind,
    /** What is wrong and where, one sentence with its full stop. */
    readonly reason: string,
    /** What to do about it, one sentence with its full stop; empty where nothing can be done. */
    readonly remedy: string = "",
    /** Text for the folded part of an error card: a stack, a value. */
    readonly details: string = "",
    /** Names of files that are missing: with them it can be done. */
    readonly missing: readonly string[] = [],
  ) {
    super(remedy ? `${reason} ${remedy}` : reason);
  }

  /** The form that crosses from worker to page: an Error's own fields are lost by structured cloning. */
  toJSON(): ComputeErrorRecord {
    const { kind, reason, remedy, details, missing } = this;
    return { kind, reason, remedy, details, ...(missing.length > 0 ? { missing } : {}) };
  }

  static fromJSON({ kind, reason, remedy, details, missing }: ComputeErrorRecord): ComputeError {
    return new ComputeError(kind, reason, remedy, details, missing);
  }

  /** Any thrown thing as a ComputeError; an abort becomes kind "cancelled". */
  static from(thrown: unknown): ComputeError {
    if (thrown instanceof ComputeError) return thrown;
    if (thrown instanceof DOMException && thrown.name === "AbortError")
      return new ComputeError("cancelled", "Stopped.");
    if (thrown instanceof RangeError && /array buffer allocation|invalid array length|memory/i.test(thrown.message))
      return new ComputeError("memory", "This page ran out of memory.", "Try a sample of the rows.", thrown.message);
    const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return new ComputeError(
      "internal",
      `The computation failed: ${thrown instanceof Error ? thrown.message : thrown}.`,
      "Run again.",
      details,
    );
  }
}

export interface ComputeErrorRecord {
  readonly kind: ErrorKind;
  readonly reason: string;
  readonly remedy: string;
  readonly details: string;
  readonly missing?: readonly string[];
}

/** Throw the "cancelled" error when the signal was aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new ComputeError("cancelled", "Stopped.");
}
