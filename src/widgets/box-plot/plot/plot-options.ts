import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { BoxShape, UnitBoxes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";

/** Stands for the selection's box where groups are numbered. */
export const SELECTION = -1;
/** What stands under it. */
export const SELECTION_NAME = "sel";

/** A group's place on the axis of every panel. */
export interface GroupLook {
  readonly name: string;
  /** Its class colour, CSS. */
  readonly color: string;
  /** Tiles in it; each panel says how many of them its box is made of. */
  readonly count: number;
}

/** What stands over a panel besides the unit's name. */
export interface PanelWords {
  readonly unit: number;
  /** "unit 3", or the name that the caller gave it. */
  readonly title: string;
  /** "η² 0.71, q 0.004" */
  readonly subtitle: string;
}

/** Which box the pointer, or the keyboard, is on. */
export interface BoxPlace {
  readonly unit: number;
  /** Index of the group; -1: the selection's box. */
  readonly group: number;
  /** Where a tooltip stands without covering it, CSS px of the body. */
  readonly x: number;
  readonly y: number;
  /** Half the box' width. */
  readonly radius: number;
}

export interface BoxChartOptions {
  readonly signal: AbortSignal;
  /** null: on none. */
  onHover(place: BoxPlace | null): void;
  /** A click, or Enter, on a group's box (its rows), or on the selection's. */
  onSelect(group: number, mode: SelectionMode): void;
  /** A click on a panel's title, or Enter there (left of its first box): the current unit. */
  onUnit(unit: number): void;
  /** A point of a swarm or an outlier was clicked: its row, or its slide where boxes are of slides. */
  onCurrent(row: number): void;
  /** A point or outlier under the pointer, numbered as in `onCurrent`; -1: none. */
  onRow(row: number): void;
  onUndo(): void;
  onRedo(): void;
  onEscape(): boolean;
  onFind(): void;
  onHelp(): void;
  onNotice(sentence: string): void;
}

/** What is drawn; `groups` in the order of the boxes. */
export interface BoxScene {
  readonly groups: readonly GroupLook[];
  readonly panels: readonly UnitBoxes[];
  readonly words: readonly PanelWords[];
  readonly shape: BoxShape;
  /** "shared": one scale for all panels. */
  readonly axes: "free" | "shared";
  /** What the values are, from the longest name to the shortest: "activation"; "average tile activation", "slide mean". */
  readonly valueNames: readonly string[];
  /** Rows that are selected, for points of tiles; null: none, or points are slides. */
  readonly mask: RowMask | null;
}

/** The panels of a BoxPlot on its body. */
export interface BoxChart {
  draw(scene: BoxScene | null): void;
  setHovered(row: number): void;
  /** The unit whose panel has an accent. */
  setCurrentUnit(unit: number): void;
  /** The group previewed by the legend or the table; -1: none. */
  setPreview(group: number): void;
  themeChanged(): void;
  /** Draw now what is due. */
  whenDrawn(): Promise<void>;
}
