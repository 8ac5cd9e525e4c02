import type { Progress } from "../../compute/job.ts";
import { progressSentence } from "../work/progress-sentence.ts";

/** How far what Python asks for is, in a sentence; null while it asks for nothing that takes its time. */
export class AnswerProgress {
  sentence: string | null = null;
  #stage = "";
  #stageStart = 0;
  readonly #listeners = new Set<() => void>();

  listen(listener: () => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  tell(progress: Progress | null): void {
    const now = performance.now();
    if (progress && progress.stage !== this.#stage) this.#stageStart = now;
    this.#stage = progress?.stage ?? "";
    this.sentence = progress && progressSentence(progress, this.#stageStart, now);
    for (const listener of this.#listeners) listener();
  }
}
