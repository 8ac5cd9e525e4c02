/** What a crew can do: what a hand is begun with, what it is asked, and what it answers. All survives cloning. */
export interface CrewTasks {
  readonly echo: { readonly begin: unknown; readonly ask: unknown; readonly answer: unknown };
}

export type TaskName = keyof CrewTasks;
