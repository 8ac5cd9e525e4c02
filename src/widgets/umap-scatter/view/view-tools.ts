import box from "lucide:box";
import { type PlaneActions, type PlaneTools, planeTools } from "../../plane/plane-tools.ts";

/** What the buttons of the map do. */
export interface ToolActions extends PlaneActions {
  /** Whether there is data to map again; coordinates given are shown as they are. */
  readonly canCompute: boolean;
  toggleDimensions(): void;
}

export interface ViewTools extends PlaneTools {
  /** @param canTurn Whether the map can be had in other dimensions than those. */
  showDimensions(dims: 2 | 3, canTurn: boolean): void;
}

/** The map's toolbar: its own button turns it into three dimensions. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  const { canCompute } = actions;
  const turn = { id: "turn", icon: box, name: "3-D", press: actions.toggleDimensions, pressed: false };
  const tools = planeTools(actions, { name: "Map", hasSettings: canCompute, own: turn }, signal);
  return {
    ...tools,
    showDimensions: (dims, canTurn) =>
      tools.showOwn({ pressed: dims === 3, name: dims === 3 ? "2-D" : "3-D", hidden: !canTurn }),
  };
}
