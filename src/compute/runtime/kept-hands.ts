import { ComputeError, throwIfCancelled } from "../errors.ts";
import type { CrewMaker, Hand } from "./crew.ts";
import type { CrewTasks } from "./crew-tasks.ts";

/** Tasks whose hands hold a model's session: each is begun with an engine's files. */
type ModelTask = "features" | "gradient";

/** Long enough for the next batch of a reader's pictures, short enough that an idle page gives their memory back. */
const IDLE_MS = 30_000;
/** More would take the memory of many a machine: each holds its model once a worker. */
const MOST_SETS = 2;

/** Hands that are wanted for a run. */
export interface HandsAsked<Name extends ModelTask> {
  /** Whose model they run, by which they are forgotten. */
  readonly model: string;
  /** Says what they are begun with besides: hands of the same model, plan and number are used again. */
  readonly plan: string;
  readonly count: number;
  /** What each is begun with; their engines are given away. */
  readonly begin: () => readonly CrewTasks[Name]["begin"][];
}

interface HandSet<Name extends ModelTask> {
  readonly model: string;
  readonly name: string;
  /** Settles when all have begun; null where no worker can be started. */
  readonly hands: Promise<readonly Hand<Name>[] | null>;
  /** The same, once they have begun. */
  begun: readonly Hand<Name>[];
  /** Runs under way with it: it is dismissed when there are none. */
  users: number;
  /** No run takes it any more. */
  isGivenUp: boolean;
  idle: ReturnType<typeof setTimeout> | undefined;
}

/** Workers that hold a model's session, kept for a while after a run: opening them takes seconds. */
export class KeptHands<Name extends ModelTask> {
  readonly #sets = new Set<HandSet<Name>>();
  /** Runs that wait for one of the sets to be free. */
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly task: Name,
    private readonly crew: CrewMaker,
    private readonly idleMs = IDLE_MS,
  ) {}

  /**
   * Run with hands: with those of another run where it wants the same, else beside it; the third that wants others waits.
   *
   * @param work - Gets the hands; null where no worker can be started. A hand that is asked twice at a time finds its next
   * question when it is done with one.
   * @throws {ComputeError} "cancelled" while it waits, and whatever beginning and the work throw.
   */
  async with<Result>(
    asked: HandsAsked<Name>,
    work: (hands: readonly Hand<Name>[] | null) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    const set = await this.#take(asked, signal);
    try {
      const hands = await set.hands;
      if (hands) set.begun = hands;
      else this.#close(set);
      return await work(hands);
    } catch (thrown) {
      // What failed may be gone; what was stopped is ready for the next run.
      if (ComputeError.from(thrown).kind !== "cancelled") set.isGivenUp = true;
      throw thrown;
    } finally {
      set.users--;
      if (set.users === 0) this.#rest(set);
    }
  }

  /** Let go of a model's workers, of those that run it when they are done. */
  forget(model: string): void {
    for (const set of this.#sets) {
      if (set.model !== model) continue;
      set.isGivenUp = true;
      if (set.users === 0) this.#close(set);
    }
  }

  /** Found or begun, and counted as used, in one step: of two that wait, the second sees what the first took. */
  async #take(asked: HandsAsked<Name>, signal: AbortSignal | undefined): Promise<HandSet<Name>> {
    const name = `${asked.count} ${asked.model} ${asked.plan}`;
    for (;;) {
      throwIfCancelled(signal);
      const sets = [...this.#sets];
      const known = sets.find((set) => set.name === name && !set.isGivenUp);
      const isRoom = sets.filter(({ users }) => users > 0).length < MOST_SETS;
      const set = known ?? (isRoom ? this.#open(name, asked) : null);
      if (set) {
        clearTimeout(set.idle);
        set.users++;
        return set;
      }
      await this.#turn(signal);
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#waiting.add(wake);
      signal?.addEventListener("abort", wake);
    });
  }

  #open(name: string, asked: HandsAsked<Name>): HandSet<Name> {
    // Nobody uses them, and they may not fit beside the new.
    for (const set of this.#sets) if (set.users === 0) this.#close(set);
    const { model } = asked;
    const hands = this.#begin(asked);
    const set: HandSet<Name> = { name, model, hands, begun: [], users: 0, isGivenUp: false, idle: undefined };
    this.#sets.add(set);
    return set;
  }

  async #begin({ count, begin }: HandsAsked<Name>): Promise<readonly Hand<Name>[] | null> {
    const crew = this.crew(count);
    if (crew.size < 2) return null;
    const inputs = begin();
    const hands = await crew.begin(
      this.task,
      inputs,
      inputs.map(({ files }) => [files.wasm]),
    );
    // Refused only when one was tried: then all of them work here, where one session does.
    if (this.crew(count).size > 1) return hands;
    for (const hand of hands) hand.dismiss();
    return null;
  }

  #rest(set: HandSet<Name>): void {
    if (set.isGivenUp) this.#close(set);
    else if (this.#sets.has(set)) set.idle = setTimeout(() => this.#close(set), this.idleMs);
    this.#wakeAll();
  }

  #close(set: HandSet<Name>): void {
    clearTimeout(set.idle);
    this.#sets.delete(set);
    for (const hand of set.begun) hand.dismiss();
    this.#wakeAll();
  }

  #wakeAll(): void {
    for (const wake of [...this.#waiting]) wake();
  }
}
