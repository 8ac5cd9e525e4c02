import { ComputeError } from "../../compute/errors.ts";
import { MOST_BYTES } from "../../compute/model/engine/session-bytes.ts";

/**
 * What no engine in a page can hold need not be read.
 *
 * @throws {ComputeError} "memory" where the files of a model are too large together.
 */
export function refuseTooLarge(name: string, files: readonly { readonly bytes: number }[]): void {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes <= MOST_BYTES) return;
  const [has, holds] = [bytes, MOST_BYTES].map((size) => `${(size / 1e9).toFixed(1)} GB`);
  throw new ComputeError(
    "memory",
    `${name} has ${has}; an engine in a page holds ${holds} at most.`,
    "Export it in float16, or take a smaller one.",
  );
}
