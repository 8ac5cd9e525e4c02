/** Starting a worker with an engine and a session takes about a second. */
const LEAST_SECONDS = 2;
const MOST_HANDS = 8;
/** What a worker and its engine take before they hold a model. */
const ENGINE_BYTES = 80e6;

export interface HandsWanted {
  /** As many workers as somebody asked for; null to be decided here. */
  readonly asked: number | null;
  /** Runs of the model: there are no more workers than these. */
  readonly batches: number;
  /** What all of it would take in one worker. */
  readonly seconds: number;
  /** What a session takes. */
  readonly modelBytes: number;
}

/**
 * How many workers run a model beside each other; 1: this one alone. A quarter of the machine's memory is theirs, of
 * 4 GB where the browser doesn't say.
 */
export function countHands(
  { asked, batches, seconds, modelBytes }: HandsWanted,
  machine: { readonly hardwareConcurrency?: number; readonly deviceMemory?: number } = globalThis.navigator ?? {},
): number {
  if (asked !== null) return Math.min(asked, batches);
  if (seconds < LEAST_SECONDS) return 1;
  const room = Math.floor(((machine.deviceMemory ?? 4) * 1e9) / 4 / (modelBytes + ENGINE_BYTES));
  return Math.max(1, Math.min(machine.hardwareConcurrency ?? 1, MOST_HANDS, room, batches));
}
