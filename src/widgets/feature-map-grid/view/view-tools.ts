import sort from "lucide:arrow-down-narrow-wide";
import picture from "lucide:image-plus";
import type { MenuItem } from "../../chrome/menu.ts";
import { type SaveActions, saveMenu } from "../../chrome/save-menu.ts";
import { toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, widgetTools } from "../../chrome/widget-tools.ts";

/** What the buttons do. */
export interface ToolActions extends SaveActions {
  toggleSettings(): void;
  /** Asked each time the menu opens. */
  sortItems(): readonly MenuItem[];
  /** Asked each time the menu opens. */
  pictureItems(): readonly MenuItem[];
  toggleFullScreen(): void;
  help(): void;
}

export interface ViewTools {
  readonly element: HTMLElement;
  /** What has no meaning without a model, or without maps, goes. */
  showMaps(has: { readonly maps: boolean; readonly model: boolean }): void;
  showSettings(open: boolean): void;
  showFullScreen(active: boolean): void;
}

/** The toolbar: its own buttons sort the channels, and bring another picture. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  const [first = [], ...others] = widgetTools({
    settings: { pressed: false, press: actions.toggleSettings },
    own: { id: "sort", icon: sort, name: "Sort", menu: actions.sortItems },
    fullScreen: { press: actions.toggleFullScreen },
    save: { menu: () => saveMenu(actions) },
    help: { press: actions.help },
  });
  const change = { id: "picture", icon: picture, name: "Another picture", menu: actions.pictureItems };
  const bar = toolbar("Feature maps", [[...first, change], ...others], signal);
  return {
    element: bar.element,
    showMaps({ maps, model }) {
      for (const id of ["sort", "save"]) bar.change(id, { hidden: !maps });
      bar.change("picture", { hidden: !model });
    },
    showSettings: (open) => bar.change("settings", { pressed: open }),
    showFullScreen: (active) => bar.change("full-screen", active ? fullScreenStates.inside : fullScreenStates.outside),
  };
}
