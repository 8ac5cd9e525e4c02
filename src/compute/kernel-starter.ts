import { ComputeError } from "./errors.ts";

/**
 * How kernels are started: compiled at the first time and kept with what the engine has optimised of them, each time with
 * a memory of their own. Where compiling fails it is tried again the next time: there may be memory for it then.
 */
export function kernelStarter<Kernels>(bytes: BufferSource): () => Promise<Kernels> {
  let compiled: Promise<WebAssembly.Module> | undefined;
  return async () => {
    compiled ??= WebAssembly.compile(bytes).catch((thrown) => {
      compiled = undefined;
      throw thrown;
    });
    const { exports } = await WebAssembly.instantiate(await compiled, {
      env: {
        abort() {
          throw new ComputeError("internal", "A kernel stopped.", "Run again.");
        },
      },
    });
    return exports as unknown as Kernels;
  };
}
