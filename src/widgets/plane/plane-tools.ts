import type { MenuItem } from "../chrome/menu.ts";
import { type SaveActions, saveMenu } from "../chrome/save-menu.ts";
import { type Tool, type Toolbar, toolbar } from "../chrome/toolbar.ts";
import { fullScreenStates, selectIcons, widgetTools } from "../chrome/widget-tools.ts";
import type { PlaneTool } from "./input/gesture-target.ts";

/** What the buttons of a widget with a plane do. */
export interface PlaneActions extends SaveActions {
  setTool(tool: PlaneTool): void;
  find(): void;
  toggleSettings(): void;
  fit(): void;
  toggleFullScreen(): void;
  help(): void;
}

export interface PlaneTools {
  readonly element: HTMLElement;
  showTool(tool: PlaneTool): void;
  showFullScreen(active: boolean): void;
  showSettings(open: boolean): void;
  /** The widget's own button has changed. */
  showOwn(changed: Partial<Omit<Tool, "id">>): void;
}

/** How the toolbar of one widget differs from its sisters'. */
export interface OwnTools {
  /** What the toolbar is of, for those who don't see it. */
  readonly name: string;
  readonly hasSettings: boolean;
  /** The one button that only this widget has; null: none. */
  readonly own: Tool | null;
}

/** The toolbar of a widget whose marks lie in a plane, in the order that all widgets share. */
export function planeTools(
  actions: PlaneActions,
  { name, hasSettings, own }: OwnTools,
  signal: AbortSignal,
): PlaneTools {
  let tool: PlaneTool = "lasso";
  const select = (label: string, value: "lasso" | "rectangle"): MenuItem => ({
    name: label,
    icon: selectIcons[value],
    checked: tool === value,
    run: () => actions.setTool(value),
  });
  const bar: Toolbar = toolbar(
    name,
    widgetTools({
      select: { pressed: true, menu: () => [select("Lasso", "lasso"), select("Rectangle", "rectangle")] },
      pan: { pressed: false, press: () => actions.setTool("pan") },
      find: { press: actions.find },
      ...(hasSettings ? { settings: { pressed: false, press: actions.toggleSettings } } : {}),
      ...(own ? { own } : {}),
      fit: { press: actions.fit },
      fullScreen: { press: actions.toggleFullScreen },
      save: { menu: () => saveMenu(actions) },
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
    showSettings: (open) => bar.change("settings", { pressed: open }),
    showOwn(changed) {
      if (own) bar.change(own.id, changed);
    },
  };
}
