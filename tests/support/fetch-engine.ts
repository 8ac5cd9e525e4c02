// For scripts of test pages.
import type { EngineFiles } from "../../src/compute/model/engine/engine-files.ts";

/** The files that `serveEngine` serves. */
export async function fetchEngine(): Promise<EngineFiles> {
  const [glue, wasm] = await Promise.all(
    ["js", "wasm"].map(async (ending) => (await fetch(`http://localhost/engine.${ending}`)).arrayBuffer()),
  );
  return { glue: new Uint8Array(glue ?? new ArrayBuffer()), wasm: wasm ?? new ArrayBuffer() };
}
