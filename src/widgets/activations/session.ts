import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import type { Answer, Command, HostServices, Session } from "../host/contract.ts";
import { formatCount } from "../theme/numbers.ts";
import { OneRun } from "../work/one-run.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import type { ActivationsProps } from "./props.ts";
import { mountView } from "./view.ts";

/** Activations by themselves: they are made when they are shown or awaited, once for all who read them. */
export class ActivationsSession extends WidgetSession<never> implements Session<ActivationsProps> {
  readonly commands: Readonly<Record<string, Command>> = {
    /** Numbers of a `part`, "activations" or "predictions": a header with their shape, and the bytes. */
    values: ({ part }, job) => this.#values(part, job),
  };

  props: ActivationsProps;
  readonly #run: OneRun;
  /** How far the run got. */
  #reached: Progress | null = null;

  constructor(props: ActivationsProps, host: HostServices) {
    super("activations", props.activations?.shape[0] ?? 0, host);
    this.props = props;
    const onError = (error: ComputeError) => this.#fail(error);
    this.#run = new OneRun(this.work, { onDone: () => this.#done(), onError }, host.signal);
    if (props.activations) this.again();
    else this.#tellSaved();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<ActivationsProps>): void {
    this.props = { ...this.props, ...changed };
    if (changed.activations) this.again();
    else this.tell("status");
  }

  /** What runs the model, and why that; null before it is known. */
  get backend(): { readonly name: string; readonly reason: string } | null {
    const facts = this.props.activations?.facts;
    return facts ? { name: facts.processor, reason: facts.reason } : null;
  }

  /** Read them anew, or take up those that are there. */
  again(): void {
    const { activations } = this.props;
    if (!activations) return;
    this.#reached = null;
    this.#run.start(async (job) => {
      const onProgress = (progress: Progress): void => {
        this.#reached = progress;
        job.onProgress?.(progress);
      };
      await activations.read({ ...job, onProgress });
    });
  }

  #done(): void {
    const { activations } = this.props;
    if (!activations) return;
    const told = caption(activations);
    this.work.done(`${told}.`, told);
    this.host.keep(new TextEncoder().encode(told));
    this.first.come();
  }

  #fail(error: ComputeError): void {
    if (error.kind === "cancelled")
      this.work.stopped(stoppedWords(this.#reached), { label: "Continue", run: () => this.again() });
    else if (error.kind === "lost" && this.props.saved) this.#tellSaved();
    else this.work.failed("model", error);
    this.first.fail(error);
  }

  /** What was said at the end stands for what can't be made here any more. */
  #tellSaved(): void {
    const { saved } = this.props;
    this.work.say(`${new TextDecoder().decode(saved ?? new Uint8Array())}. ${this.host.again}`.trim());
  }

  async #values(part: unknown, job: Parameters<Command>[1]): Promise<Answer> {
    const { activations } = this.props;
    const source = part === "predictions" && activations?.part !== part ? activations?.predictions : activations;
    if (!source) throw new ComputeError("input", "No predictions were asked for.", "Ask for them with the layers.");
    // What had failed or was stopped before is tried again for whoever asks now.
    if (!this.work.isDone && !this.work.isWorking) this.again();
    // The first reader's progress is told; what is stopped there has to be told of here.
    do {
      await waitUnlessGivenUp(this.#run.whenAtRest(), job.signal);
    } while (this.work.isWorking);
    if (this.work.error) throw this.work.error;
    if (!this.work.isDone) throw new ComputeError("cancelled", "Stopped.", "Run it again.");
    const data = await source.read(job);
    const { layers = [], processor = "" } = source.facts ?? {};
    const header = { shape: [...source.shape], dtype: "float32", layers, processor };
    return { header, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  }
}

/** "Stopped at 320 of 1,000 pictures." */
function stoppedWords(reached: Progress | null): string {
  if (!reached || reached.total <= 0) return "Stopped.";
  return `Stopped at ${formatCount(reached.done)} of ${formatCount(reached.total)} ${reached.unit}.`;
}
