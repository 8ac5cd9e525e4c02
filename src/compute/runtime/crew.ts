import type { CrewTasks, TaskName } from "./crew-tasks.ts";

/** One worker at one task. It keeps what it was begun with; what it is asked is answered in order. */
export interface Hand<Name extends TaskName> {
  /**
   * @throws ComputeError what the task threw, "lost" when the worker died, "cancelled" when the hand was dismissed
   * before it answered.
   */
  ask(input: CrewTasks[Name]["ask"], transfer?: readonly Transferable[]): Promise<CrewTasks[Name]["answer"]>;
  /** Forget the task and what it kept; the worker stays for the next one. */
  dismiss(): void;
}

/** Workers that share one piece of work. Nothing is shared in memory: notebook pages are not cross-origin isolated. */
export interface Crew {
  /** How many work at the same time; 1 where there is nobody but the caller. */
  readonly size: number;
  /**
   * Begin a task, one hand for each input; `transfer[i]` is what input i gives away. Every hand must be dismissed,
   * whatever happens. More hands than `size` take turns.
   *
   * @throws ComputeError as `ask` does; then no hand is left to be dismissed.
   */
  begin<Name extends TaskName>(
    name: Name,
    inputs: readonly CrewTasks[Name]["begin"][],
    transfer?: readonly (readonly Transferable[])[],
  ): Promise<readonly Hand<Name>[]>;
}

/** Gives a crew of so many, or of fewer where no more can be had. */
export type CrewMaker = (size: number) => Crew;
