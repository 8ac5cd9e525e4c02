import { buffersOf } from "../../runtime/buffers-of.ts";
import type { Crew } from "../../runtime/crew.ts";
import { type FuzzyGraph, strongestOf } from "../graph/fuzzy-graph.ts";
import type { Forces } from "./forces.ts";
import type { Layout } from "./layout.ts";
import { placesOf, positionsOf } from "./layout-field.ts";
import type { LayoutAsk, LayoutBegin, RowsOfGraph } from "./layout-task.ts";
import { BLOCK_ROWS } from "./padded-entries.ts";

const FRAME_MS = 1000 / 30;

/** The rows moved by a crew, each hand a range of them. The bits are those of one. */
export async function sharedLayout(
  graph: FuzzyGraph,
  start: Float32Array,
  nComponents: 2 | 3,
  forces: Forces,
  epochs: number,
  crew: Crew,
): Promise<Layout> {
  const { rows } = graph;
  const ranges = shareRows(graph, crew.size);
  const lines = connectAll(ranges.length);
  const strongest = strongestOf(graph.weights);
  const inputs = ranges.map(
    ({ from, to }, place): LayoutBegin => ({
      nComponents,
      rows,
      from,
      to,
      graph: rowsOf(graph, from, to),
      strongest,
      places: placesOf(start, nComponents),
      forces,
      epochs,
      peers: lines[place] ?? [],
    }),
  );
  const hands = await crew.begin(
    "layout",
    inputs,
    inputs.map(({ graph: own, places, peers }) => [...buffersOf([own, places]), ...peers]),
  );
  const askAll = (ask: LayoutAsk) => Promise.all(hands.map((hand) => hand.ask(ask)));
  let batch = 1;
  return {
    async advance(first, last) {
      const next = Math.min(last, first + batch);
      const began = performance.now();
      await askAll({ first, last: next, read: false });
      // From one round to many in a few batches, to fill the time of a frame.
      const fitting = ((next - first) * FRAME_MS) / Math.max(0.1, performance.now() - began);
      batch = Math.max(1, Math.min(2 * batch, Math.floor(fitting)));
      return next;
    },
    async read() {
      const parts = await askAll({ first: 0, last: 0, read: true });
      const all = new Float32Array(rows * (nComponents === 2 ? 2 : 4));
      let end = 0;
      for (const { places } of parts) {
        all.set(places, end);
        end += places.length;
      }
      return positionsOf(all, nComponents);
    },
    release: () => {
      for (const hand of hands) hand.dismiss();
    },
  };
}

function rowsOf({ starts, columns, weights }: FuzzyGraph, from: number, to: number): RowsOfGraph {
  const [first = 0, end = 0] = [starts[from], starts[to]];
  return {
    starts: starts.slice(from, to + 1).map((start) => start - first),
    columns: columns.slice(first, end),
    weights: weights.slice(first, end),
  };
}

/** Whole blocks of rows for each hand, so that all have about as much to do; none gets nothing. */
export function shareRows(
  { rows, starts, weights }: FuzzyGraph,
  hands: number,
): readonly { readonly from: number; readonly to: number }[] {
  const strongest = strongestOf(weights);
  const blocks = Math.ceil(rows / BLOCK_ROWS);
  // A row's work in a round is its due entries, whose number is the sum of its shares, and a little for itself.
  const work = new Float64Array(blocks + 1);
  for (let block = 0; block < blocks; block++) {
    const [from, to] = [block * BLOCK_ROWS, Math.min(rows, (block + 1) * BLOCK_ROWS)];
    let sum = 0;
    for (let place = starts[from] ?? 0; place < (starts[to] ?? 0); place++) sum += (weights[place] ?? 0) / strongest;
    work[block + 1] = (work[block] ?? 0) + sum + (to - from) / 2;
  }
  const total = work[blocks] ?? 0;
  const count = Math.min(hands, blocks);
  const ranges: { from: number; to: number }[] = [];
  let block = 0;
  for (let hand = 0; hand < count; hand++) {
    const first = block++;
    const mostBlocks = blocks - (count - hand - 1);
    while (block < mostBlocks && (work[block] ?? 0) < (total * (hand + 1)) / count) block++;
    ranges.push({ from: first * BLOCK_ROWS, to: Math.min(rows, block * BLOCK_ROWS) });
  }
  return ranges;
}

/** A line between any two of so many: `lines[i]` are the ends that i gets. */
function connectAll(count: number): MessagePort[][] {
  const lines: MessagePort[][] = Array.from({ length: count }, () => []);
  for (let one = 0; one < count; one++)
    for (let other = one + 1; other < count; other++) {
      const { port1, port2 } = new MessageChannel();
      lines[one]?.push(port1);
      lines[other]?.push(port2);
    }
  return lines;
}
