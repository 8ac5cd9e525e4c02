import { ComputeError, type ErrorKind } from "../errors.ts";
import type { GPUErrorFilter } from "./webgpu-types.ts";

/** The device, not the input, is at fault: what it was to do can be done on the CPU. */
export class GpuFailure extends ComputeError {
  constructor(cause: GPUErrorFilter | "lost", details: string) {
    const [kind, reason] = words[cause];
    super(kind, reason, "Run again on the CPU.", details);
  }
}

const words: Readonly<Record<GPUErrorFilter | "lost", readonly [ErrorKind, string]>> = {
  lost: ["lost", "The GPU was lost."],
  "out-of-memory": ["memory", "The GPU ran out of memory."],
  validation: ["internal", "The GPU refused its work."],
  internal: ["internal", "The GPU refused its work."],
};
