import { ComputeError } from "../errors.ts";
import { buffersOf } from "./buffers-of.ts";
import { crewHandlers } from "./crew-handlers.ts";
import type { CrewTask, TaskName } from "./crew-tasks.ts";
import type { HandReply, HandRequest } from "./hand-messages.ts";

interface OpenTask {
  readonly controller: AbortController;
  readonly answer: ReturnType<CrewTask<TaskName>>;
  /** Settles when all that was asked so far is answered. */
  last: Promise<void>;
}

/** The hands that live in this worker: each keeps what it was begun with and answers in the order of asking. */
export class HandServer {
  readonly #open = new Map<number, OpenTask>();

  constructor(private readonly reply: (reply: HandReply, transfer: ArrayBuffer[]) => void) {}

  hear(request: HandRequest): void {
    if (request.kind === "hello") this.#answer(request.request, undefined);
    else if (request.kind === "begin") this.#begin(request);
    else if (request.kind === "ask") this.#ask(request);
    else {
      this.#open.get(request.hand)?.controller.abort();
      this.#open.delete(request.hand);
    }
  }

  #begin({ request, hand, name, input }: HandRequest & { kind: "begin" }): void {
    const controller = new AbortController();
    const handler = crewHandlers[name] as CrewTask<TaskName>;
    const answer = Promise.resolve().then(() => handler(input as never, controller.signal));
    const last = answer.then(
      () => this.#answer(request, undefined),
      (thrown) => this.#fail(request, thrown),
    );
    this.#open.set(hand, { controller, answer, last });
  }

  #ask({ request, hand, input }: HandRequest & { kind: "ask" }): void {
    const task = this.#open.get(hand);
    if (!task) {
      this.#fail(request, new ComputeError("cancelled", "Stopped."));
      return;
    }
    task.last = task.last
      .then(async () => this.#answer(request, await (await task.answer)(input as never)))
      .catch((thrown) => this.#fail(request, thrown));
  }

  #answer(request: number, answer: unknown): void {
    this.reply({ kind: "answer", request, answer }, buffersOf(answer));
  }

  #fail(request: number, thrown: unknown): void {
    this.reply({ kind: "failure", request, error: ComputeError.from(thrown).toJSON() }, []);
  }
}
