import { ComputeError } from "../errors.ts";
import type { Crew, Hand } from "./crew.ts";
import type { CrewTasks, TaskName } from "./crew-tasks.ts";
import type { HandChannel } from "./hand-messages.ts";
import { HandWorker } from "./hand-worker.ts";
import { localChannel } from "./local-channel.ts";

/** Long enough for the next run of a cell to find them, short enough that an idle page holds no memory for them. */
const IDLE_MS = 3000;

/**
 * The workers that a worker has started: none before the first task, none a short while after the last. Where none can
 * be started, the same hands work here.
 */
export class WorkerPool {
  readonly #workers: HandWorker[] = [];
  #canStart = true;
  #open = 0;
  #idle: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly start: () => HandChannel,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Workers that run now. */
  get running(): number {
    return this.#workers.filter((worker) => !worker.isLost).length;
  }

  /** A crew of at most `size`. */
  crew(size: number): Crew {
    return {
      size: this.#canStart ? size : 1,
      begin: (name, inputs, transfer = []) => this.#begin(size, name, inputs, transfer),
    };
  }

  async #begin<Name extends TaskName>(
    size: number,
    name: Name,
    inputs: readonly CrewTasks[Name]["begin"][],
    transfer: readonly (readonly Transferable[])[],
  ): Promise<readonly Hand<Name>[]> {
    clearTimeout(this.#idle);
    this.#open += inputs.length;
    const begun = await Promise.allSettled(
      inputs.map(async (input, place) => {
        const worker = await this.#worker(place % size);
        return this.#handOf<Name>(worker, await worker.begin(name, input, transfer[place] ?? []));
      }),
    );
    const hands = begun.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const failure = begun.find((each) => each.status === "rejected");
    if (!failure) return hands;
    for (const hand of hands) hand.dismiss();
    this.#release(inputs.length - hands.length);
    throw failure.reason;
  }

  #handOf<Name extends TaskName>(worker: HandWorker, hand: number): Hand<Name> {
    let isOpen = true;
    return {
      ask: (input, transfer = []) => {
        if (!isOpen) return Promise.reject(new ComputeError("cancelled", "Stopped."));
        return worker.ask(hand, input, transfer) as Promise<CrewTasks[Name]["answer"]>;
      },
      dismiss: () => {
        if (!isOpen) return;
        isOpen = false;
        worker.dismiss(hand);
        this.#release(1);
      },
    };
  }

  async #worker(place: number): Promise<HandWorker> {
    const known = this.#workers[place];
    const worker = known && !known.isLost ? known : new HandWorker(this.#channel());
    this.#workers[place] = worker;
    if (await worker.started) return worker;
    // Refused after the fact, by a content security policy for one: from now on all is done here.
    this.#canStart = false;
    if (this.#workers[place] === worker) this.#workers[place] = new HandWorker(localChannel());
    return this.#workers[place] ?? worker;
  }

  #channel(): HandChannel {
    if (this.#canStart)
      try {
        return this.start();
      } catch {
        this.#canStart = false;
      }
    return localChannel();
  }

  #release(count: number): void {
    this.#open -= count;
    if (this.#open === 0) this.#idle = setTimeout(() => this.#endAll(), this.idleMs);
  }

  #endAll(): void {
    for (const worker of this.#workers.splice(0)) worker.end();
  }
}
