import type { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import type { HostServices } from "../host/contract.ts";
import { progressSentence } from "./progress-sentence.ts";

export interface WorkAction {
  readonly label: string;
  run(): void;
}

/** What failed; each is cleared by its own success. */
export type Cause = (typeof CAUSES)[number];

/** In the order in which they are told of. */
const CAUSES = [
  "model",
  "map",
  "units",
  "grid",
  "boxes",
  "ranking",
  "pictures",
  "colors",
  "height",
  "details",
  "focus",
] as const;

/** What a widget is there for: while one of them is missing, nothing is done. */
const MAIN: ReadonlySet<Cause> = new Set(["model", "map", "units"]);

/** What is being done or has gone wrong, said to the reader (`changed`) and to the host at once. */
export class WorkStatus {
  sentence = "";
  /** 0 .. 1 while something runs, null otherwise. */
  share: number | null = null;
  actions: readonly WorkAction[] = [];
  /** Something runs, and stands still until the reader lets it go on. */
  isHeld = false;
  /** What the host has to say: that Python has stopped, for instance. */
  hostNotice: string | null = null;
  readonly #errors = new Map<Cause, ComputeError>();
  #phase: "working" | "done" | "over" = "over";
  #startedAt = performance.now();
  #seconds = 0;

  constructor(
    readonly host: HostServices,
    readonly changed: () => void,
  ) {}

  /** Something is on its way, computed here or followed, though nobody may know how far it is. */
  get isWorking(): boolean {
    return this.#phase === "working";
  }

  /** What was begun has come to its end, and nothing has been begun since. */
  get isDone(): boolean {
    return this.#phase === "done";
  }

  /** The failure to tell of: the map's before that of its pictures, colours and details. */
  get error(): ComputeError | null {
    for (const cause of CAUSES) {
      const error = this.#errors.get(cause);
      if (error) return error;
    }
    return null;
  }

  /** A new computation begins. */
  begin(): void {
    this.#startedAt = performance.now();
    this.#phase = "working";
    for (const cause of MAIN) this.succeeded(cause);
  }

  succeeded(cause: Cause): void {
    if (this.#errors.delete(cause)) this.changed();
  }

  /** @param stageStart When the present stage began, as `performance.now()` tells it. */
  progress(progress: Progress, stageStart: number, isPreview: boolean, actions: readonly WorkAction[]): void {
    const sentence = progressSentence(progress, stageStart, performance.now());
    this.isHeld = false;
    this.#phase = "working";
    this.sentence = isPreview ? `${sentence} PCA preview; the map follows.` : sentence;
    this.share = progress.total > 0 ? progress.done / progress.total : 0;
    this.actions = actions;
    this.host.report({ phase: "working", sentence });
    this.changed();
  }

  /** Held on its way by the reader. */
  paused(sentence: string, { done, total }: Progress, actions: readonly WorkAction[]): void {
    this.isHeld = true;
    this.sentence = sentence;
    this.share = total > 0 ? done / total : 0;
    this.actions = actions;
    this.host.report({ phase: "working", sentence });
    this.changed();
  }

  /** What is waited for is done elsewhere: nobody here knows how far it is. */
  waiting(sentence: string): void {
    this.say(sentence);
    this.#phase = "working";
    this.host.report({ phase: "working", sentence });
  }

  /** Nothing runs; `sentence` may be empty. */
  say(sentence: string, actions: readonly WorkAction[] = []): void {
    this.isHeld = false;
    this.#phase = "over";
    this.sentence = sentence;
    this.share = null;
    this.actions = actions;
    this.changed();
  }

  /** @param actions What can be done about it still. */
  done(sentence: string, caption: string, actions: readonly WorkAction[] = []): void {
    this.#seconds = (performance.now() - this.#startedAt) / 1000;
    this.#end(sentence, caption, actions);
  }

  /** What is done is told of anew: it is on show in another form, and took no longer for that. */
  tellAgain(caption: string): void {
    this.#end(this.sentence, caption, this.actions);
  }

  /** @param action What goes on with it; without one it goes on elsewhere. */
  stopped(sentence: string, action?: WorkAction): void {
    this.say(sentence, action ? [action] : []);
    this.host.report({ phase: "stopped", sentence });
  }

  failed(cause: Cause, error: ComputeError): void {
    this.#errors.set(cause, error);
    if (MAIN.has(cause)) this.say("");
    else this.changed();
    const { reason, remedy, details } = error;
    this.host.report({ phase: "failed", reason, remedy, details });
  }

  hear(notice: string | null): void {
    this.hostNotice = notice;
    this.changed();
  }

  #end(sentence: string, caption: string, actions: readonly WorkAction[]): void {
    this.say(sentence, actions);
    this.#phase = "done";
    this.host.report({ phase: "done", seconds: this.#seconds, caption });
  }
}
