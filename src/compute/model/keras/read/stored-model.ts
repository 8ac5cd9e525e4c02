import type { KerasModel, KerasObject, KerasWeight } from "../keras-model.ts";

/** Layers' weights by path, as the readers fill them. */
export class WeightTable {
  readonly #weights = new Map<string, readonly KerasWeight[]>();

  set(path: readonly string[], weights: readonly KerasWeight[]): void {
    this.#weights.set(JSON.stringify(path), weights);
  }

  get(path: readonly string[]): readonly KerasWeight[] {
    return this.#weights.get(JSON.stringify(path)) ?? [];
  }
}

export function storedModel(kerasVersion: string, architecture: KerasObject, weights: WeightTable): KerasModel {
  return { kerasVersion, architecture, weightsOf: (path) => weights.get(path) };
}
