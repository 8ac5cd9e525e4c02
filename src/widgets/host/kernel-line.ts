import { ComputeError } from "../../compute/errors.ts";
import { bytesOf } from "./bytes-of.ts";
import type { KernelLife } from "./kernel-life.ts";
import type { ModelRelay } from "./model-relay.ts";
import { newId } from "./new-id.ts";

/** A message of either direction: `kind` says what it is, `id` joins an answer to its question. */
export interface Message {
  readonly kind: string;
  readonly id?: string;
  readonly [field: string]: unknown;
}

export interface Reply {
  readonly message: Message;
  readonly buffers: readonly Uint8Array<ArrayBuffer>[];
}

interface Pending {
  resolve(reply: Reply): void;
  reject(error: ComputeError): void;
}

/** What asks for no answer waits so long for something to go along with, ms. */
const SOON = 50;
/** Silence before the kernel is asked whether it still lives, ms. */
const QUIET = 3000;
/** Wait for the answer to that, ms. */
const PATIENCE = 4000;

export const PYTHON_STOPPED = "Python has stopped; the picture still works. Run the cell to use it from Python.";
const PYTHON_BUSY = "Python is busy with another cell; the data follow when it is free.";
const PYTHON_SILENT =
  "Python does not answer: it is busy with another cell, or it has stopped; then run the cell again.";

/** Questions to Python with their answers, and the watch over whether Python is still there. */
export class KernelLine {
  readonly #pending = new Map<string, Pending>();
  readonly #handlers = new Map<string, (reply: Reply) => void>();
  /** Said and not yet sent: what is said in one turn goes together, because JupyterLab shows each message as a busy kernel. */
  #said: Message[] = [];
  /** What can wait goes behind what can't: on hearing how far the page is, Python asks for what else it is to bring. */
  #saidLater: Message[] = [];
  #later: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setTimeout> | undefined;
  #asked = false;
  #noticed = false;
  #heard = false;
  #gone = false;

  constructor(
    private readonly relay: ModelRelay,
    private readonly life: KernelLife,
    private readonly notice: (sentence: string | null) => void,
    signal: AbortSignal,
  ) {
    relay.on("msg:custom", (content, buffers) => this.#hear(content, buffers));
    life.onDeath(() => this.#lose());
    signal.addEventListener("abort", () => this.#end(new ComputeError("cancelled", "Stopped.")), { once: true });
  }

  /** True once nothing more can be asked. */
  get ended(): boolean {
    return this.#gone;
  }

  /**
   * Ask Python and wait for its answer.
   *
   * @throws {ComputeError} kind "lost" when Python has gone, "cancelled" when `signal` aborts, else what Python says.
   */
  ask(kind: string, fields: object, signal?: AbortSignal): Promise<Reply> {
    return this.askWith(kind, fields, [], signal);
  }

  /** The same, with bytes that go along. */
  askWith(kind: string, fields: object, buffers: ArrayBuffer[], signal?: AbortSignal): Promise<Reply> {
    if (this.#gone) return Promise.reject(lost());
    if (signal?.aborted) return Promise.reject(new ComputeError("cancelled", "Stopped."));
    const id = newId();
    return new Promise<Reply>((resolve, reject) => {
      const cancel = () => settle().reject(new ComputeError("cancelled", "Stopped."));
      const settle = () => {
        this.#pending.delete(id);
        signal?.removeEventListener("abort", cancel);
        if (!this.#pending.size) this.#stopWatching();
        return { resolve, reject };
      };
      this.#pending.set(id, {
        resolve: (reply) => settle().resolve(reply),
        reject: (error) => settle().reject(error),
      });
      signal?.addEventListener("abort", cancel, { once: true });
      this.send({ kind, id, ...fields }, buffers);
      if (this.#pending.size === 1) this.#watchFor(QUIET);
    });
  }

  /** Say something that asks for no answer. A line that is dead swallows it. */
  send(message: Message, buffers: ArrayBuffer[] = []): void {
    if (this.#gone) return;
    if (buffers.length > 0) {
      this.#sendSaid();
      this.#post(message, buffers);
      return;
    }
    this.#said.push(message);
    queueMicrotask(() => this.#sendSaid());
  }

  /** Say something that can wait a moment for what is said next. */
  sendSoon(message: Message): void {
    if (this.#gone) return;
    this.#saidLater.push(message);
    this.#later ??= setTimeout(() => this.#sendSaid(), SOON);
  }

  #sendSaid(): void {
    clearTimeout(this.#later);
    this.#later = undefined;
    const messages = [...this.#said.splice(0), ...this.#saidLater.splice(0)];
    const [first] = messages;
    if (first && !this.#gone) this.#post(messages.length > 1 ? { kind: "several", messages } : first, []);
  }

  #post(message: Message, buffers: ArrayBuffer[]): void {
    try {
      this.relay.send(message, buffers);
    } catch {
      // JupyterLab throws when the kernel connection is disposed of.
      this.#lose();
    }
  }

  /** Called for messages of that kind which answer no question. */
  on(kind: string, handler: (reply: Reply) => void): void {
    this.#handlers.set(kind, handler);
  }

  #hear(content: unknown, buffers: unknown): void {
    if (!isMessage(content)) return;
    if (content.kind === "no-kernel") {
      this.#end(lost());
      return;
    }
    this.#asked = false;
    this.#heard = true;
    if (this.#noticed) {
      this.#noticed = false;
      this.notice(null);
    }
    if (this.#pending.size) this.#watchFor(QUIET);
    const reply: Reply = { message: content, buffers: Array.isArray(buffers) ? buffers.map(bytesOf) : [] };
    const pending = content.id === undefined ? undefined : this.#pending.get(content.id);
    if (!pending) this.#handlers.get(content.kind)?.(reply);
    else if (content.kind === "error") pending.reject(errorOf(content));
    else pending.resolve(reply);
  }

  #watchFor(delay: number): void {
    this.#stopWatching();
    this.#watch = setTimeout(() => this.#doubt(), delay);
  }

  #stopWatching(): void {
    clearTimeout(this.#watch);
    this.#watch = undefined;
  }

  #doubt(): void {
    const state = this.life.state();
    if (state === "busy") {
      this.#say(PYTHON_BUSY);
      this.#asked = false;
      this.#watchFor(QUIET);
    } else if (!this.#asked) {
      this.#asked = true;
      this.send({ kind: "ping", id: newId() });
      this.#watchFor(PATIENCE);
    } else if (state === "unknown") {
      // A long cell looks like a dead kernel. The questions stay: what is heard later still answers them.
      this.#say(PYTHON_SILENT);
    } else this.#lose();
  }

  #say(sentence: string): void {
    this.#noticed = true;
    this.notice(sentence);
  }

  #lose(): void {
    if (this.#gone) return;
    this.#end(lost());
    // A notebook opened again from its saved state never had a Python that could stop.
    if (this.#heard) this.notice(PYTHON_STOPPED);
  }

  #end(error: ComputeError): void {
    this.#sendSaid();
    this.#gone = true;
    this.#stopWatching();
    for (const pending of [...this.#pending.values()]) pending.reject(error);
  }
}

function lost(): ComputeError {
  return new ComputeError(
    "lost",
    "Python has stopped, and with it the data that are not here yet.",
    "Run the cell again.",
  );
}

function isMessage(content: unknown): content is Message {
  return typeof content === "object" && content !== null && "kind" in content && typeof content.kind === "string";
}

function errorOf(message: Message): ComputeError {
  return new ComputeError("input", String(message.reason ?? "Python refused."), String(message.remedy ?? ""));
}
