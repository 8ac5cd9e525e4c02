import type { Model } from "./model.ts";

/** What `modelTable` takes. */
export interface ModelTableInput {
  /** A model that `Model.load` has read. Left out: a reader drops one on the table, or chooses its files. */
  readonly model?: Model | null | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}
