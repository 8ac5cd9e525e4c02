import { ComputeError } from "../../errors.ts";
import { LayoutField } from "./layout-field.ts";
import type { LayoutAnswer, LayoutAsk, LayoutBegin, MovedRows } from "./layout-task.ts";

/** A hand of the layout: moves its own rows, and hears from the others after each round where theirs have come. */
export async function layoutHand(
  begin: LayoutBegin,
  signal: AbortSignal,
): Promise<(ask: LayoutAsk) => Promise<LayoutAnswer>> {
  const { nComponents, rows, from, to, forces, epochs } = begin;
  const field = await LayoutField.create(nComponents, rows, from, to, begin);
  field.columns.set(begin.columns);
  field.shares.set(begin.shares);
  field.placesBefore(0, rows).set(begin.places);
  field.prepare(forces);
  const peers = begin.peers.map((port) => new Peer(port, signal));
  return async ({ first, last, read }) => {
    for (let epoch = first; epoch < last; epoch++) {
      field.settle(from, to, epoch, epochs, forces);
      for (const peer of peers) peer.tell({ from, places: field.placesAfter(from, to).slice() });
      for (const peer of peers) {
        const moved = await peer.hear();
        field.placesAfter(moved.from, moved.from + moved.places.length / field.stride).set(moved.places);
      }
      field.turn();
    }
    return { places: read ? field.placesBefore(from, to).slice() : new Float32Array(0) };
  };
}

/** Another hand. It is a round ahead at most: for the next it must hear from this one. */
class Peer {
  readonly #heard: MovedRows[] = [];
  #waiting: { resolve(moved: MovedRows): void; reject(error: ComputeError): void } | null = null;

  constructor(
    private readonly port: MessagePort,
    private readonly signal: AbortSignal,
  ) {
    port.onmessage = ({ data }: MessageEvent<MovedRows>) => {
      if (!this.#waiting) this.#heard.push(data);
      else {
        this.#waiting.resolve(data);
        this.#waiting = null;
      }
    };
    signal.addEventListener("abort", () => {
      port.close();
      this.#waiting?.reject(new ComputeError("cancelled", "Stopped."));
    });
  }

  tell(moved: MovedRows): void {
    this.port.postMessage(moved, [moved.places.buffer]);
  }

  hear(): Promise<MovedRows> {
    const next = this.#heard.shift();
    if (next) return Promise.resolve(next);
    if (this.signal.aborted) return Promise.reject(new ComputeError("cancelled", "Stopped."));
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }
}
