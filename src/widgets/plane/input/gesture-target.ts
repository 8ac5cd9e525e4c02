import type { SelectionMode } from "../../chrome/selection-mode.ts";

/** What a drag with the first button does. */
export type PlaneTool = "lasso" | "rectangle" | "pan";

export type Corner = readonly [x: number, y: number];

/** What gestures are turned into; places are CSS pixels of the body. */
export interface GestureTarget {
  readonly tool: PlaneTool;
  readonly isFullScreen: boolean;
  hoverAt(x: number, y: number): void;
  leave(): void;
  clickAt(x: number, y: number, mode: SelectionMode): void;
  /** The selecting drag so far; empty when it has ended or was given up. */
  outline(corners: readonly Corner[]): void;
  select(corners: readonly Corner[], mode: SelectionMode): void;
  panBy(x: number, y: number): void;
  zoomBy(factor: number, x: number, y: number): void;
  fit(): void;
}
