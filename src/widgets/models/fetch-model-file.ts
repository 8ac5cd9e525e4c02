import { ComputeError } from "../../compute/errors.ts";
import type { GivenFile } from "./model-of-files.ts";

/**
 * A file from an address of the page's own origin.
 *
 * @throws {ComputeError} "input" for an address on another machine, which would tell it what the reader looks at, and where
 * there is nothing.
 */
export async function fetchModelFile(written: string | URL, signal?: AbortSignal): Promise<GivenFile> {
  const address = new URL(written, document.baseURI);
  if (!["data:", "blob:"].includes(address.protocol) && address.origin !== location.origin)
    throw new ComputeError(
      "input",
      `The model ${address.href} lies on another machine.`,
      "Copy it beside the page, or pass its bytes.",
    );
  const name = readable(address.pathname.split("/").pop() || "model");
  const answer = await fetch(address, signal ? { signal } : {}).catch((thrown: unknown) => {
    if (signal?.aborted) throw new ComputeError("cancelled", "Stopped.");
    throw new ComputeError(
      "input",
      `${name} can't be had: the page's server does not answer.`,
      "Look at its address.",
      String(thrown),
    );
  });
  if (!answer.ok)
    throw new ComputeError(
      "input",
      `${name} can't be had: the page's server answers ${answer.status}.`,
      "Look at its address.",
    );
  return { name: address.protocol === "data:" ? "model" : name, content: await answer.blob() };
}

/** A name without its escapes; one that merely holds a percent sign stays. */
function readable(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
