import sort from "lucide:arrow-down-narrow-wide";
import folder from "lucide:folder-open";
import type { MenuItem } from "../../chrome/menu.ts";
import { type SaveActions, saveMenu } from "../../chrome/save-menu.ts";
import { type Toolbar, toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, widgetTools } from "../../chrome/widget-tools.ts";

/** What the buttons do. */
export interface ToolActions extends SaveActions {
  find(): void;
  toggleSettings(): void;
  /** Asked each time the menu opens. */
  sortItems(): readonly MenuItem[];
  chooseFiles(): void;
  toggleFullScreen(): void;
  saveText(): void;
  help(): void;
}

export interface ViewTools {
  readonly element: HTMLElement;
  /** What has no meaning without a model goes. */
  showModel(isOpen: boolean, canPrepare: boolean): void;
  showSettings(open: boolean): void;
  showFullScreen(active: boolean): void;
}

const OF_A_MODEL = ["find", "sort", "save"];

/** The toolbar: its own buttons sort by any column, and open another model. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  const [first = [], ...others] = widgetTools({
    find: { press: actions.find },
    settings: { pressed: false, press: actions.toggleSettings },
    own: { id: "sort", icon: sort, name: "Sort", menu: actions.sortItems },
    fullScreen: { press: actions.toggleFullScreen },
    save: { menu: () => withText(saveMenu(actions), actions.saveText) },
    help: { press: actions.help },
  });
  const open = { id: "open", icon: folder, name: "Open a model", press: actions.chooseFiles };
  const bar: Toolbar = toolbar("Model", [[...first, open], ...others], signal);
  return {
    element: bar.element,
    showModel(isOpen, canPrepare) {
      for (const id of OF_A_MODEL) bar.change(id, { hidden: !isOpen });
      bar.change("settings", { hidden: !canPrepare });
    },
    showSettings: (isOpen) => bar.change("settings", { pressed: isOpen }),
    showFullScreen: (active) => bar.change("full-screen", active ? fullScreenStates.inside : fullScreenStates.outside),
  };
}

/** Text, as Keras prints it, stands before what is copied. */
function withText(items: readonly MenuItem[], run: () => void): readonly MenuItem[] {
  const at = items.findIndex(({ separated }) => separated);
  return [...items.slice(0, at), { name: "Text", run }, ...items.slice(at)];
}
