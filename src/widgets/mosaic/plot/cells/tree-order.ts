import type { View } from "../../../plane/view.ts";
import { askTree } from "./ask-tree.ts";
import type { MapCells } from "./map-cells.ts";

/** Asks for what splitting a map's cells needs, once, when a view comes so close. */
export class TreeOrder {
  #state: "open" | "asked" | "done" = "open";

  constructor(
    private readonly map: MapCells,
    private readonly events: {
      /** Cells can be split. */
      came(): void;
      failed(sentence: string): void;
    },
    private readonly signal: AbortSignal,
  ) {}

  get isOnItsWay(): boolean {
    return this.#state === "asked";
  }

  askFor(view: View): void {
    const { map, events, signal } = this;
    if (this.#state !== "open" || !map.needsTree(view)) return;
    this.#state = "asked";
    askTree(map.grid, map.positions, signal).then(
      (tree) => {
        if (signal.aborted) return;
        this.#state = "done";
        map.setTree(tree);
        events.came();
      },
      (thrown: unknown) => {
        if (signal.aborted) return;
        this.#state = "done";
        events.failed(`Cells can't be split: ${thrown instanceof Error ? thrown.message : thrown}`);
      },
    );
  }
}
