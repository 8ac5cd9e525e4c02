import { ComputeError, throwIfCancelled } from "../errors.ts";
import { Pace } from "../runtime/pace.ts";
import type { PartialAttribution, SaliencyJob } from "./attribution.ts";
import { progressTold, type StepsTold } from "./progress-told.ts";

/** Between two unfinished maps: as often as an eye follows, seldom enough to cost nothing. */
const MAP_MS = 150;

/** Steps that don't depend on each other. */
export interface Steps<Answer> extends StepsTold {
  readonly total: number;
  /** How many may be under way at a time. */
  readonly lanes: number;
  readonly step: (index: number) => Promise<Answer>;
  /** Called in the order of the steps whichever ends first: sums then have the same bits with any number of lanes. */
  readonly add: (answer: Answer, index: number) => void;
  /** The map as far as it is, from the first `added` steps. */
  readonly map?: (added: number) => PartialAttribution;
}

/**
 * Take steps over the lanes, the next to whichever is free, and add up what they give in their order.
 *
 * @throws ComputeError "cancelled" between two steps, and whatever a step throws: then the others stop at their next.
 */
export async function runSteps<Answer>(steps: Steps<Answer>, job: SaliencyJob): Promise<void> {
  const { total, lanes, step, add, map } = steps;
  const told = progressTold(job, steps);
  const waiting = new Map<number, Answer>();
  let next = 0;
  let added = 0;
  let mapAt = performance.now() + MAP_MS;
  const addThose = () => {
    for (let answer = waiting.get(added); answer !== undefined; answer = waiting.get(added)) {
      waiting.delete(added);
      add(answer, added++);
    }
    told(added + waiting.size, total);
    if (!job.onMap || !map || added === 0 || added === total || performance.now() < mapAt) return;
    job.onMap(map(added));
    mapAt = performance.now() + MAP_MS;
  };
  const work = async () => {
    const pace = new Pace(job.signal);
    try {
      while (next < total) {
        await pace.check();
        if (next >= total) return;
        const index = next++;
        const answer = await step(index);
        throwIfCancelled(job.signal);
        waiting.set(index, answer);
        addThose();
      }
    } catch (thrown) {
      next = total;
      throw thrown;
    }
  };
  told(0, total);
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, Math.min(lanes, total)) }, work));
  const failure = ends.find((end) => end.status === "rejected");
  if (failure) throw failure.reason;
}

/** A step alone, told of and stopped as several are. @throws as `runSteps` does. */
export async function runOne<Answer>(told: StepsTold, step: () => Promise<Answer>, job: SaliencyJob): Promise<Answer> {
  const answers: Answer[] = [];
  await runSteps({ ...told, total: 1, lanes: 1, step, add: (answer) => answers.push(answer) }, job);
  const [answer] = answers;
  if (answer === undefined) throw new ComputeError("internal", `${told.stage} gave nothing.`);
  return answer;
}
