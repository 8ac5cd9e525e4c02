import grid from "lucide:grid-3x3";
import type { MenuItem } from "../../chrome/menu.ts";
import { type Toolbar, toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, selectIcons, widgetTools } from "../../chrome/widget-tools.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";

/** What the buttons of the mosaic do. */
export interface ToolActions {
  setTool(tool: PlaneTool): void;
  find(): void;
  toggleSettings(): void;
  toggleTiles(): void;
  fit(): void;
  toggleFullScreen(): void;
  readonly saves: readonly MenuItem[];
  help(): void;
}

export interface ViewTools {
  readonly element: HTMLElement;
  showTool(tool: PlaneTool): void;
  showFullScreen(active: boolean): void;
  /** @param canChange false: there are no pictures to make tiles of. */
  showMode(mode: "tiles" | "points", canChange: boolean): void;
  showSettings(open: boolean): void;
}

/** The mosaic's toolbar, in the order that all widgets share. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  let tool: PlaneTool = "lasso";
  const select = (name: string, value: "lasso" | "rectangle"): MenuItem => ({
    name,
    icon: selectIcons[value],
    checked: tool === value,
    run: () => actions.setTool(value),
  });
  const bar: Toolbar = toolbar(
    "Mosaic",
    widgetTools({
      select: { pressed: true, menu: () => [select("Lasso", "lasso"), select("Rectangle", "rectangle")] },
      pan: { pressed: false, press: () => actions.setTool("pan") },
      find: { press: actions.find },
      settings: { pressed: false, press: actions.toggleSettings },
      own: { id: "tiles", icon: grid, name: "Points", press: actions.toggleTiles, pressed: true },
      fit: { press: actions.fit },
      fullScreen: { press: actions.toggleFullScreen },
      save: { menu: () => actions.saves },
      help: { press: actions.help },
    }),
    signal,
  );
  return {
    element: bar.element,
    showTool(next) {
      tool = next;
      bar.change("select", {
        pressed: tool !== "pan",
        icon: selectIcons[tool === "rectangle" ? "rectangle" : "lasso"],
      });
      bar.change("pan", { pressed: tool === "pan" });
    },
    showFullScreen: (active) => bar.change("full-screen", active ? fullScreenStates.inside : fullScreenStates.outside),
    showMode: (mode, canChange) =>
      bar.change("tiles", {
        pressed: mode === "tiles",
        name: mode === "tiles" ? "Points" : "Tiles",
        disabled: !canChange,
      }),
    showSettings: (open) => bar.change("settings", { pressed: open }),
  };
}
