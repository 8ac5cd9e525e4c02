import type { HandChannel, HandReply, HandRequest } from "./hand-messages.ts";
import { HandServer } from "./hand-server.ts";

/**
 * A hand's worker that is none: it works where it is called from. What goes in and out is cloned and transferred as
 * for a real one.
 */
export function localChannel(): HandChannel {
  const { port1, port2 } = new MessageChannel();
  const server = new HandServer((reply, transfer) => port2.postMessage(reply, transfer));
  port2.onmessage = ({ data }: MessageEvent<HandRequest>) => server.hear(data);
  return {
    postMessage: (message, transfer = []) => port1.postMessage(message, transfer),
    onReply: (listener) => {
      port1.onmessage = ({ data }: MessageEvent<HandReply>) => listener(data);
    },
    onLoss: () => undefined,
    end: () => port1.close(),
  };
}
