import grid from "lucide:grid-3x3";
import { type PlaneActions, type PlaneTools, planeTools } from "../../plane/plane-tools.ts";

/** What the buttons of the mosaic do. */
export interface ToolActions extends PlaneActions {
  toggleTiles(): void;
}

export interface ViewTools extends PlaneTools {
  /** @param canChange false: there are no pictures to make tiles of. */
  showMode(mode: "tiles" | "points", canChange: boolean): void;
}

/** The mosaic's toolbar: its own button turns tiles into points. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  const own = { id: "tiles", icon: grid, name: "Points", press: actions.toggleTiles, pressed: true };
  const tools = planeTools(actions, { name: "Mosaic", hasSettings: true, own }, signal);
  return {
    ...tools,
    showMode(mode, canChange) {
      const isTiles = mode === "tiles";
      tools.showOwn({ pressed: isTiles, name: isTiles ? "Points" : "Tiles", disabled: !canChange });
    },
  };
}
