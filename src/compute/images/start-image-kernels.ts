import bytes from "wasm:images";
import { kernelStarter } from "../kernel-starter.ts";

/** What kernels/images.ts exports; every address and count is a number. */
export interface ImageKernels {
  readonly memory: WebAssembly.Memory;
  readonly shrinkOpaque: (...values: number[]) => void;
  readonly spreadColors: (...values: number[]) => void;
  readonly convertYuv: (...values: number[]) => void;
  readonly readFrame: (...values: number[]) => number;
  readonly readScan: (...values: number[]) => number;
}

/** The kernels with a memory of their own; rejects where a page forbids WebAssembly. */
export const startImageKernels = kernelStarter<ImageKernels>(bytes);
