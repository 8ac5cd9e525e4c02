import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { CompareBegin } from "./compare-task.ts";
import type { PairComparison } from "./pair-comparison.ts";

/**
 * Compare each block with all that are `near` or more blocks later, by a crew. Hands take one block after the other, so
 * which of them compares what is chance; the candidates that matter in the end are the same.
 */
export async function compareByCrew(
  comparison: PairComparison,
  near: number,
  crew: Crew,
  pace: Pace,
  onCompared: (pairs: number) => void,
): Promise<void> {
  const { arena, rows, block, keep, blocks } = comparison;
  const { count, padded, width } = rows;
  const inputs = Array.from(
    { length: crew.size },
    (): CompareBegin => ({
      count,
      padded,
      width,
      stops: comparison.stops.columns,
      block,
      keep,
      panels: arena.shorts(rows.panels, padded * width).slice(),
      lengths: arena.ints(rows.lengths, padded).slice(),
      limits: arena.ints(comparison.limits, padded).slice(),
    }),
  );
  const hands = await crew.begin(
    "compare",
    inputs,
    inputs.map(({ panels, lengths, limits }) => [panels.buffer, lengths.buffer, limits.buffer]),
  );
  try {
    // The first blocks have the most others to be compared with, so the last ones even out who is done when.
    let next = 0;
    await Promise.all(
      hands.map(async (hand) => {
        while (next + near < blocks) {
          const chosen = next++;
          await hand.ask({ chosen, from: chosen + near });
          onCompared(blocks - chosen - near);
          await pace.check();
        }
      }),
    );
    for (const hand of hands) {
      const { distances, candidates } = await hand.ask("candidates");
      comparison.take(distances, candidates);
      hand.dismiss();
      await pace.check();
    }
  } finally {
    for (const hand of hands) hand.dismiss();
  }
}
