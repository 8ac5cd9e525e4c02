import columns from "lucide:columns-2";
import picture from "lucide:image-plus";
import type { MenuItem } from "../../chrome/menu.ts";
import { type SaveActions, saveMenu } from "../../chrome/save-menu.ts";
import { toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, widgetTools } from "../../chrome/widget-tools.ts";
import { ARRANGEMENTS, type Arrangement } from "../props.ts";

/** What the buttons do. */
export interface ToolActions extends SaveActions {
  /** The maps' own numbers. */
  saveNumbers(): void;
  toggleSettings(): void;
  arrangement(): Arrangement;
  arrange(arrangement: Arrangement): void;
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

const ARRANGEMENT_NAMES: Readonly<Record<Arrangement, string>> = {
  side: "Side by side",
  overlay: "Overlay alone",
  edge: "Sliding edge",
};

/** The toolbar: its own buttons say how maps and pictures stand, and bring another picture. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  const arrangements = (): readonly MenuItem[] =>
    ARRANGEMENTS.map((each) => ({
      name: ARRANGEMENT_NAMES[each],
      checked: each === actions.arrangement(),
      run: () => actions.arrange(each),
    }));
  const [first = [], ...others] = widgetTools({
    settings: { pressed: false, press: actions.toggleSettings },
    own: { id: "arrange", icon: columns, name: "Arrange", menu: arrangements },
    fullScreen: { press: actions.toggleFullScreen },
    save: { menu: () => saveItems(actions) },
    help: { press: actions.help },
  });
  const change = { id: "picture", icon: picture, name: "Another picture", menu: actions.pictureItems };
  const bar = toolbar("Saliency", [[...first, change], ...others], signal);
  return {
    element: bar.element,
    showMaps({ maps, model }) {
      for (const id of ["arrange", "save"]) bar.change(id, { hidden: !maps });
      bar.change("picture", { hidden: !model });
    },
    showSettings: (open) => bar.change("settings", { pressed: open }),
    showFullScreen: (active) => bar.change("full-screen", active ? fullScreenStates.inside : fullScreenStates.outside),
  };
}

/** What all widgets save, and the maps' own numbers. */
function saveItems(actions: ToolActions): readonly MenuItem[] {
  const items = saveMenu(actions);
  const at = items.findIndex(({ separated }) => separated);
  return [...items.slice(0, at), { name: "NPY", run: () => actions.saveNumbers() }, ...items.slice(at)];
}
