import type { HandChannel, HandReply } from "./hand-messages.ts";
import { ownSource } from "./worker-source.ts";

/**
 * Starts further workers with the code of the one that this runs in.
 *
 * @returns What starts one; it throws where workers can't start workers: there is no Worker, the host forbids it, or
 * this worker does not know its own code.
 */
export function workerStarter(): () => HandChannel {
  let address: string | undefined;
  return () => {
    address ??= addressOf(ownSource());
    return channelTo(new Worker(address, { name: "layerscope hand" }));
  };
}

function addressOf(source: string | null): string {
  // One without code would start, and answer nothing.
  if (source === null) throw new ReferenceError("the worker's own code is not known");
  return URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
}

function channelTo(worker: Worker): HandChannel {
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    onReply: (listener) => worker.addEventListener("message", ({ data }: MessageEvent<HandReply>) => listener(data)),
    onLoss: (listener) => {
      worker.addEventListener("error", (event) => {
        // Told to whoever asked; not once more to the page's console.
        event.preventDefault();
        listener(event.message ?? "");
      });
      worker.addEventListener("messageerror", () => listener("a message could not be read"));
    },
    end: () => worker.terminate(),
  };
}
