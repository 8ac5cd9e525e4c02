/** Wall seconds a stage. */
export class StageClock {
  readonly seconds: Record<string, number> = {};
  #last = performance.now();

  stop(stage: string): void {
    const now = performance.now();
    this.seconds[stage] = (now - this.#last) / 1000;
    this.#last = now;
  }
}
