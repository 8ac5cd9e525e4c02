import { ComputeError } from "../errors.ts";
import type { Job } from "../job.ts";
import type { LayoutControl } from "../umap/layout/layout-control.ts";
import type { LayoutPictures } from "../umap/layout/layout-pictures.ts";
import type { ComputeFunctions, FunctionName, Reply, Request } from "./functions.ts";

export interface CallOptions<Partial> extends Job {
  readonly onPartial?: ((partial: Partial) => void) | undefined;
  /** Buffers of the input that the caller gives away; the others are copied. */
  readonly transfer?: ArrayBuffer[] | undefined;
  /** What it is told goes to the call, until the call is done. */
  readonly control?: LayoutControl | undefined;
  /** What it is asked for is asked of the call; it ends with the call. */
  readonly pictures?: LayoutPictures | undefined;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: ComputeError): void;
  readonly options: CallOptions<unknown>;
}

/** The part of Worker that the client uses, so that tests can put another channel in its place. */
export interface WorkerLike {
  postMessage(message: Request, transfer?: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<Reply>) => void): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
  addEventListener(type: "messageerror", listener: () => void): void;
  terminate(): void;
}

/** Calls into the one worker: results, progress, partial results, cancel, and errors that keep their type. */
export class ComputeClient {
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();
  #worker: WorkerLike | null = null;

  constructor(private readonly start: () => WorkerLike) {}

  /** Start the worker ahead of its first call, while the data are still on their way. */
  warm(): void {
    this.#worker ??= this.#connect();
  }

  /**
   * Run a function in the worker.
   *
   * @throws {ComputeError} kind "cancelled" when `signal` aborts before there is anything to give back, "lost" when
   * the worker dies, and whatever the function itself throws.
   */
  call<Name extends FunctionName>(
    name: Name,
    input: ComputeFunctions[Name]["input"],
    options: CallOptions<ComputeFunctions[Name]["partial"]> = {},
  ): Promise<ComputeFunctions[Name]["output"]> {
    const { signal, transfer, control, pictures } = options;
    if (signal?.aborted) return Promise.reject(new ComputeError("cancelled", "Stopped."));
    const id = this.#nextId++;
    return new Promise<ComputeFunctions[Name]["output"]>((resolve, reject) => {
      const cancel = () => this.#send({ kind: "cancel", id });
      const tell = () => {
        for (const order of control?.takeOrders() ?? []) this.#send({ kind: "tell", id, order });
      };
      const ask = () => {
        for (const each of pictures?.takeAsks() ?? []) this.#send({ kind: "draw", id, ask: each });
      };
      const silences: ((() => void) | undefined)[] = [];
      const settle = () => {
        for (const silence of silences) silence?.();
        pictures?.end();
        signal?.removeEventListener("abort", cancel);
        this.#pending.delete(id);
      };
      this.#pending.set(id, {
        options: options as CallOptions<unknown>,
        resolve: (result) => {
          settle();
          resolve(result as ComputeFunctions[Name]["output"]);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      // The worker decides what a cancelled call still gives: a layout stopped half way is a result.
      signal?.addEventListener("abort", cancel, { once: true });
      try {
        this.#send({ kind: "call", id, name, input, partials: options.onPartial !== undefined }, transfer);
        tell();
        silences.push(control?.listen(tell), pictures?.listen(ask));
      } catch (thrown) {
        this.#pending.get(id)?.reject(ComputeError.from(thrown));
      }
    });
  }

  #send(request: Request, transfer: Transferable[] = []): void {
    this.warm();
    this.#worker?.postMessage(request, transfer);
  }

  #connect(): WorkerLike {
    const worker = this.start();
    worker.addEventListener("message", ({ data }) => this.#hear(data));
    worker.addEventListener("error", (event) => this.#lose(worker, event.message));
    worker.addEventListener("messageerror", () => this.#lose(worker, "an answer could not be read"));
    return worker;
  }

  #hear(reply: Reply): void {
    const call = this.#pending.get(reply.id);
    if (!call) return;
    if (reply.kind === "progress") call.options.onProgress?.(reply.progress);
    else if (reply.kind === "partial") call.options.onPartial?.(reply.partial);
    else if (reply.kind === "picture") call.options.pictures?.answer(reply.picture);
    else if (reply.kind === "result") call.resolve(reply.result);
    else call.reject(ComputeError.fromJSON(reply.error));
  }

  #lose(worker: WorkerLike, message: string): void {
    worker.terminate();
    this.#worker = null;
    const error = new ComputeError("lost", "The computation stopped unexpectedly.", "Run again.", message);
    for (const call of [...this.#pending.values()]) call.reject(error);
  }
}
