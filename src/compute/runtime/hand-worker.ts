import { ComputeError } from "../errors.ts";
import type { CrewTasks, TaskName } from "./crew-tasks.ts";
import type { HandChannel, HandReply, HandRequest } from "./hand-messages.ts";

interface Pending {
  /** 0 for what concerns the worker itself. */
  readonly hand: number;
  resolve(answer: unknown): void;
  reject(error: ComputeError): void;
}

/** One worker of a crew, seen from where it was started. */
export class HandWorker {
  /** True when it runs and answers; false when it could not be started. */
  readonly started: Promise<boolean>;
  /** Why it can no longer be asked. */
  #lost: ComputeError | null = null;
  #next = 1;
  readonly #pending = new Map<number, Pending>();

  constructor(private readonly channel: HandChannel) {
    channel.onReply((reply) => this.#hear(reply));
    channel.onLoss((message) => this.#lose(message));
    this.started = this.#request(0, (request) => ({ kind: "hello", request })).then(
      () => true,
      () => false,
    );
  }

  get isLost(): boolean {
    return this.#lost !== null;
  }

  /** Begin a task; resolves with the number of the hand, which is named by it from then on. */
  async begin<Name extends TaskName>(
    name: Name,
    input: CrewTasks[Name]["begin"],
    transfer: readonly Transferable[],
  ): Promise<number> {
    const hand = this.#next++;
    await this.#request(hand, (request) => ({ kind: "begin", request, hand, name, input }), transfer);
    return hand;
  }

  ask(hand: number, input: unknown, transfer: readonly Transferable[]): Promise<unknown> {
    return this.#request(hand, (request) => ({ kind: "ask", request, hand, input }), transfer);
  }

  /** What the hand was still asked rejects with kind "cancelled". */
  dismiss(hand: number): void {
    if (!this.#lost) this.channel.postMessage({ kind: "dismiss", hand });
    for (const [request, pending] of [...this.#pending])
      if (pending.hand === hand) {
        this.#pending.delete(request);
        pending.reject(new ComputeError("cancelled", "Stopped."));
      }
  }

  end(): void {
    this.#lose("ended");
  }

  #request(
    hand: number,
    message: (request: number) => HandRequest,
    transfer: readonly Transferable[] = [],
  ): Promise<unknown> {
    if (this.#lost) return Promise.reject(this.#lost);
    const request = this.#next++;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#pending.set(request, { hand, resolve, reject });
      try {
        this.channel.postMessage(message(request), [...transfer]);
      } catch (thrown) {
        this.#pending.delete(request);
        reject(ComputeError.from(thrown));
      }
    });
    // Several questions may be under way when one fails and the task is given up: the others have nobody to hear them.
    answer.catch(() => undefined);
    return answer;
  }

  #hear(reply: HandReply): void {
    const pending = this.#pending.get(reply.request);
    if (!pending) return;
    this.#pending.delete(reply.request);
    if (reply.kind === "answer") pending.resolve(reply.answer);
    else pending.reject(ComputeError.fromJSON(reply.error));
  }

  #lose(message: string): void {
    if (this.#lost) return;
    this.#lost = new ComputeError("lost", "The computation stopped unexpectedly.", "Run again.", message);
    this.channel.end();
    for (const pending of this.#pending.values()) pending.reject(this.#lost);
    this.#pending.clear();
  }
}
