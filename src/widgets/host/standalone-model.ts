import type { HostModel, ModelListener, ModelManager } from "./host-model.ts";

/** A model with nobody behind it: it keeps what is written and says at once that no kernel will answer. */
export class StandaloneModel implements HostModel {
  readonly #listeners = new Map<string, Set<ModelListener>>();

  constructor(
    private readonly traits: Map<string, unknown>,
    readonly widget_manager: ModelManager,
  ) {}

  get(name: string): unknown {
    return this.traits.get(name);
  }

  set(name: string, value: unknown): void {
    if (Object.is(this.traits.get(name), value)) return;
    this.traits.set(name, value);
    this.#tell(`change:${name}`);
  }

  save_changes(): void {}

  on(event: string, listener: ModelListener): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: ModelListener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  send(): void {
    queueMicrotask(() => this.#tell("msg:custom", { kind: "no-kernel" }, []));
  }

  #tell(event: string, ...values: readonly unknown[]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) listener(...values);
  }
}
