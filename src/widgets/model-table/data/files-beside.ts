import { isModelName } from "./given-model.ts";

/**
 * Files that were given since a model was opened and are none by their names: weights may come before the model that they
 * belong to.
 */
export class FilesBeside {
  readonly #kept = new Map<string, File>();

  /** Keep what is no model; of two of one name the later. */
  keep(files: readonly File[]): void {
    for (const file of files) if (!isModelName(file.name)) this.#kept.set(file.name, file);
  }

  /** Those of these names, which are kept no longer. */
  take(names: readonly string[]): readonly File[] {
    const found = names.flatMap((name) => this.#kept.get(name) ?? []);
    for (const { name } of found) this.#kept.delete(name);
    return found;
  }

  /** Those of one model may be called as those of another. */
  forget(): void {
    this.#kept.clear();
  }
}
