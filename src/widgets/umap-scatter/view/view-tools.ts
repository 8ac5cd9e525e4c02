import box from "lucide:box";
import type { MenuItem } from "../../chrome/menu.ts";
import { type Toolbar, toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, selectIcons, widgetTools } from "../../chrome/widget-tools.ts";
import type { FileFormat } from "../../export/figure-options.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";

/** What the buttons of the map do. */
export interface ToolActions {
  /** Whether there is data to map again; coordinates given are shown as they are. */
  readonly canCompute: boolean;
  setTool(tool: PlaneTool): void;
  find(): void;
  toggleSettings(): void;
  toggleDimensions(): void;
  fit(): void;
  toggleFullScreen(): void;
  save(format: FileFormat): void;
  copyCaption(): void;
  help(): void;
}

export interface ViewTools {
  readonly element: HTMLElement;
  showTool(tool: PlaneTool): void;
  showFullScreen(active: boolean): void;
  showDimensions(dims: 2 | 3): void;
  showSettings(open: boolean): void;
}

/** The map's toolbar, in the order that all widgets share. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  let tool: PlaneTool = "lasso";
  const select = (name: string, value: PlaneTool): MenuItem => ({
    name,
    icon: selectIcons[value === "rectangle" ? "rectangle" : "lasso"],
    checked: tool === value,
    run: () => actions.setTool(value),
  });
  const save = (name: string, format: FileFormat): MenuItem => ({
    name,
    run: () => actions.save(format),
  });
  const bar: Toolbar = toolbar(
    "Map",
    widgetTools({
      select: { pressed: true, menu: () => [select("Lasso", "lasso"), select("Rectangle", "rectangle")] },
      pan: { pressed: false, press: () => actions.setTool("pan") },
      find: { press: actions.find },
      ...(actions.canCompute ? { settings: { pressed: false, press: actions.toggleSettings } } : {}),
      ...(actions.canCompute
        ? { own: { id: "turn", icon: box, name: "3-D", press: actions.toggleDimensions, pressed: false } }
        : {}),
      fit: { press: actions.fit },
      fullScreen: { press: actions.toggleFullScreen },
      save: {
        menu: () => [
          save("PNG", "png"),
          save("SVG", "svg"),
          save("PDF", "pdf"),
          save("CSV", "csv"),
          { name: "Copy caption", separated: true, run: actions.copyCaption },
        ],
      },
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
    showDimensions: (dims) => bar.change("turn", { pressed: dims === 3, name: dims === 3 ? "2-D" : "3-D" }),
    showSettings: (open) => bar.change("settings", { pressed: open }),
  };
}
