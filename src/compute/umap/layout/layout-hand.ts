import { ComputeError } from "../../errors.ts";
import { LayoutField } from "./layout-field.ts";
import type { LayoutAnswer, LayoutAsk, LayoutBegin, MovedRows } from "./layout-task.ts";
import { padEntries, padStarts } from "./padded-entries.ts";

/** A hand of the layout: moves its own rows, and hears from the others after each round where theirs have come. */
export async function layoutHand(
  begin: LayoutBegin,
  signal: AbortSignal,
): Promise<(ask: LayoutAsk) => Promise<LayoutAnswer>> {
  const { nComponents, rows, from, to, forces, epochs } = begin;
  const graph = { ...begin.graph, rows: to - from };
  const starts = padStarts(graph, 0, graph.rows);
  const field = await LayoutField.create(nComponents, rows, from, to, starts);
  padEntries(graph, begin.strongest, 0, starts, field.columns, field.shares);
  field.placesBefore(0, rows).set(begin.places);
  field.prepare(forces);
  const peers = begin.peers.map((port) => new Peer(port, signal));
  let listed = -1;
  const list = (epoch: number) => {
    field.list(epoch);
    listed = epoch;
  };
  return async ({ first, last, read }) => {
    for (let epoch = first; epoch < last; epoch++) {
      if (listed !== epoch) list(epoch);
      field.moveListed(epoch, epochs, forces);
      for (const peer of peers) peer.tell(from, field.placesAfter(from, to));
      field.turn();
      // While the others' places are on their way.
      if (epoch + 1 < epochs) list(epoch + 1);
      for (const peer of peers) {
        const moved = await peer.hear();
        field.placesBefore(moved.from, moved.from + moved.places.length / field.stride).set(moved.places);
        peer.keep(moved.places.buffer);
      }
    }
    return { places: read ? field.placesBefore(from, to).slice() : new Float32Array(0) };
  };
}

/** Another hand. It is a round ahead at most: for the next it must hear from this one. */
class Peer {
  readonly #heard: MovedRows[] = [];
  #kept: ArrayBuffer | null = null;
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

  tell(from: number, moved: Float32Array): void {
    const buffer =
      this.#kept && this.#kept.byteLength >= moved.byteLength ? this.#kept : new ArrayBuffer(moved.byteLength);
    this.#kept = null;
    const places = new Float32Array(buffer, 0, moved.length);
    places.set(moved);
    this.port.postMessage({ from, places } satisfies MovedRows, [buffer]);
  }

  /** Take a message's buffer for the next one: a few go back and forth, and none is left to be collected. */
  keep(buffer: ArrayBuffer): void {
    this.#kept = buffer;
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
