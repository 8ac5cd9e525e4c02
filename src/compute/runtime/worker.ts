/// <reference lib="webworker" />
import { ComputeError } from "../errors.ts";
import type { Job } from "../job.ts";
import { buildPointIndex } from "../points/point-index.ts";
import { umap } from "../umap/index.ts";
import { buffersOf } from "./buffers-of.ts";
import type { ComputeFunctions, FunctionName, Reply, Request } from "./functions.ts";

type Handler<Name extends FunctionName> = (
  input: ComputeFunctions[Name]["input"],
  job: Job & { onPartial(partial: ComputeFunctions[Name]["partial"]): void },
) => Promise<ComputeFunctions[Name]["output"]>;

const handlers: { readonly [Name in FunctionName]: Handler<Name> } = {
  umap: ({ points, options, neighbors, resume }, { signal, onProgress, onPartial }) =>
    umap(points, options, { signal, onProgress, onLayout: onPartial, neighbors, resume }),
  indexPoints: ({ positions }, job) => buildPointIndex(positions, job),
};

const running = new Map<number, AbortController>();
const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
const reply = (message: Reply) => scope.postMessage(message, buffersOf(message));

async function call(id: number, name: FunctionName, input: unknown): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const handler = handlers[name] as Handler<FunctionName>;
    const result = await handler(input as ComputeFunctions[FunctionName]["input"], {
      signal: controller.signal,
      onProgress: (progress) => scope.postMessage({ kind: "progress", id, progress } satisfies Reply),
      onPartial: (partial) => reply({ kind: "partial", id, partial }),
    });
    reply({ kind: "result", id, result });
  } catch (thrown) {
    reply({ kind: "error", id, error: ComputeError.from(thrown).toJSON() });
  } finally {
    running.delete(id);
  }
}

scope.addEventListener("message", ({ data }: MessageEvent<Request>) => {
  if (data.kind === "cancel") running.get(data.id)?.abort();
  else void call(data.id, data.name, data.input);
});
