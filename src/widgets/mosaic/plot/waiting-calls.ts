/** Calls that wait for the picture: drawn, or complete and at rest. */
export class WaitingCalls {
  readonly #drawn: (() => void)[] = [];
  readonly #settled: (() => void)[] = [];

  whenDrawn(): Promise<void> {
    return new Promise((resolve) => this.#drawn.push(resolve));
  }

  whenSettled(): Promise<void> {
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  answer({ isDrawn, isSettled }: { readonly isDrawn: boolean; readonly isSettled: boolean }): void {
    if (isDrawn) for (const resolve of this.#drawn.splice(0)) resolve();
    if (isDrawn && isSettled) for (const resolve of this.#settled.splice(0)) resolve();
  }
}
