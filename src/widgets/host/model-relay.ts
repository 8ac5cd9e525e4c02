import type { HostModel, ModelListener } from "./host-model.ts";

/**
 * One model heard and written through whichever of its views is alive. anywidget gives each view a model object of
 * its own and silences it when the view goes: what several views share would go deaf with the first of them.
 */
export class ModelRelay {
  readonly #models: HostModel[] = [];
  readonly #listeners = new Map<string, Set<ModelListener>>();

  /** Use `model` until `signal` aborts. */
  attach(model: HostModel, signal: AbortSignal): void {
    this.#models.push(model);
    if (this.#models.length === 1) this.#each((event, listener) => model.on(event, listener));
    signal.addEventListener("abort", () => this.#detach(model), { once: true });
  }

  /** undefined when every view is gone. */
  get model(): HostModel | undefined {
    return this.#models[0];
  }

  get(name: string): unknown {
    return this.model?.get(name);
  }

  /**
   * Keep bytes in a trait, here and in Python. They go as a message of our own: ipywidgets holds back every change
   * after one that the kernel has not called done, and ipykernel 7.4 never calls done what it heard during an `await`.
   * Where cells follow what is written (marimo), they follow traits alone.
   */
  save(name: string, value: DataView<ArrayBuffer>): void {
    this.model?.set(name, value);
    if (this.get("_reactive") === true) {
      this.model?.save_changes();
      return;
    }
    try {
      this.send({ kind: "keep", name }, [value.buffer]);
    } catch {
      // JupyterLab throws when the kernel is gone, which the line says; the page keeps the value.
    }
  }

  /** Have the cells run again that follow this model. */
  wake(): void {
    this.model?.set("_woken", Number(this.get("_woken") ?? 0) + 1);
    this.model?.save_changes();
  }

  send(content: object, buffers: ArrayBuffer[] = []): void {
    this.model?.send(content, undefined, buffers);
  }

  on(event: string, listener: ModelListener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    this.model?.on(event, listener);
  }

  #detach(model: HostModel): void {
    const place = this.#models.indexOf(model);
    if (place < 0) return;
    this.#models.splice(place, 1);
    if (place > 0) return;
    this.#each((event, listener) => model.off(event, listener));
    const next = this.model;
    if (next) this.#each((event, listener) => next.on(event, listener));
  }

  #each(visit: (event: string, listener: ModelListener) => void): void {
    for (const [event, listeners] of this.#listeners) for (const listener of listeners) visit(event, listener);
  }
}
