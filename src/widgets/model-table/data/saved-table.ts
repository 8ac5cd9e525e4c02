import { ComputeError } from "../../../compute/errors.ts";
import type { ShownModel } from "./shown-model.ts";

/** Changes when what is packed does: what another version wrote is not shown. */
const FORMAT = 1;

/** What a saved notebook keeps of a model, to show its table without the files: the layers, never the weights. */
export async function packTable(shown: ShownModel): Promise<Uint8Array<ArrayBuffer>> {
  const text = new Blob([JSON.stringify({ format: FORMAT, shown })]);
  return bytesOf(text.stream().pipeThrough(new CompressionStream("deflate")));
}

/** @throws {ComputeError} "input" for what was packed by another version, or was damaged. */
export async function unpackTable(saved: Uint8Array<ArrayBuffer>): Promise<ShownModel> {
  try {
    const bytes = await bytesOf(new Blob([saved]).stream().pipeThrough(new DecompressionStream("deflate")));
    const { format, shown } = JSON.parse(new TextDecoder().decode(bytes)) as {
      readonly format?: unknown;
      readonly shown: ShownModel;
    };
    if (format === FORMAT) return shown;
  } catch {
    // Told of below, like what another version wrote.
  }
  throw new ComputeError("input", "The saved table can't be read by this version.", "Run the cell again.");
}

async function bytesOf(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
