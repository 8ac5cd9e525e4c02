import workerSource from "worker:compute";
import { version } from "../../version.ts";
import { ComputeClient, type WorkerLike } from "./client.ts";
import { selfKnowing } from "./worker-source.ts";

const KEY = Symbol.for(`layerscope.compute@${version}`);

/** The page's one compute worker, whichever widget and whichever copy of this module asks; started at its first call. */
export function pageClient(): ComputeClient {
  const page = globalThis as { [KEY]?: ComputeClient };
  page[KEY] ??= new ComputeClient(startWorker);
  return page[KEY];
}

function startWorker(): WorkerLike {
  return new Worker(URL.createObjectURL(new Blob([selfKnowing(workerSource)], { type: "text/javascript" })));
}
