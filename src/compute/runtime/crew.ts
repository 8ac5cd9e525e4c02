import type { CrewTasks, TaskName } from "./crew-tasks.ts";

/** One worker at one task. It keeps what it was begun with; what it is asked is answered in order. */
export interface Hand<Name extends TaskName> {
  ask(input: CrewTasks[Name]["ask"], transfer?: ArrayBuffer[]): Promise<CrewTasks[Name]["answer"]>;
  /** Forget the task and what it kept; the worker stays for the next one. */
  dismiss(): void;
}

/** Workers that share one piece of work. Nothing is shared in memory: notebook pages are not cross-origin isolated. */
export interface Crew {
  readonly size: number;
  /** Begin a task, one hand for each input; `transfer[i]` are the buffers that input i gives away. */
  begin<Name extends TaskName>(
    name: Name,
    inputs: readonly CrewTasks[Name]["begin"][],
    transfer?: readonly ArrayBuffer[][],
  ): Promise<readonly Hand<Name>[]>;
}
