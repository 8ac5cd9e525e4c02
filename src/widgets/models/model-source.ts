import type { Job } from "../../compute/job.ts";

/** Where a model runs: "auto" where it is right and quickest, "webgpu" and "wasm" (WebAssembly) there alone. */
export type Backend = "auto" | "webgpu" | "wasm";

/** One file of a model: its own, or one with weights beside it. */
export interface ModelFileSource {
  /** Without its folder. */
  readonly name: string;
  /** How long it is. */
  readonly bytes: number;
  /** Its bytes, which are the reader's own: they may be given away to a worker. */
  read(job: Job): Promise<Uint8Array<ArrayBuffer>>;
}

/** A trained model whose files may still lie elsewhere (in the kernel, on the reader's disk) and are read when needed. */
export interface ModelSource {
  /** The same for the same files within a page: a model is opened once a page. */
  readonly key: string;
  /** Of the file that a reader would name: "lab.h5". */
  readonly name: string;
  readonly files: readonly ModelFileSource[];
  /** As its owner declared; "auto" where left out. */
  readonly backend?: Backend | undefined;
  /** One picture's shape where the file leaves it open; null or left out: the file says it. */
  readonly shape?: readonly number[] | null | undefined;
  /** A name for each of its classes, as its owner declared; null or left out: they have none. */
  readonly classes?: readonly string[] | null | undefined;
}

export function isModelSource(value: unknown): value is ModelSource {
  return typeof value === "object" && value !== null && "files" in value && "key" in value && "name" in value;
}
