import bytes from "wasm:images";
import { ComputeError } from "../errors.ts";

/** What kernels/images.ts exports; every address and count is a number. */
export interface ImageKernels {
  readonly memory: WebAssembly.Memory;
  readonly shrinkOpaque: (...values: number[]) => void;
  readonly spreadColors: (...values: number[]) => void;
  readonly convertYuv: (...values: number[]) => void;
  readonly readFrame: (...values: number[]) => number;
  readonly readScan: (...values: number[]) => number;
}

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernels with a memory of their own; rejects where a page forbids WebAssembly. */
export async function startImageKernels(): Promise<ImageKernels> {
  compiled ??= WebAssembly.compile(bytes);
  const { exports } = await WebAssembly.instantiate(await compiled, {
    env: {
      abort() {
        throw new ComputeError("internal", "A kernel stopped.", "Run again.");
      },
    },
  });
  return exports as unknown as ImageKernels;
}
