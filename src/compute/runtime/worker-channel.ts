import type { HandChannel, HandReply } from "./hand-messages.ts";

/**
 * A further worker with the code of this one, which runs from a blob's address.
 *
 * @throws where workers can't start workers: there is no Worker, or the host forbids it.
 */
export function workerChannel(): HandChannel {
  const worker = new Worker(globalThis.location.href, { name: "layerscope hand" });
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, transfer),
    onReply: (listener) => worker.addEventListener("message", ({ data }: MessageEvent<HandReply>) => listener(data)),
    onLoss: (listener) => {
      worker.addEventListener("error", (event) => listener(event.message ?? ""));
      worker.addEventListener("messageerror", () => listener("a message could not be read"));
    },
    end: () => worker.terminate(),
  };
}
