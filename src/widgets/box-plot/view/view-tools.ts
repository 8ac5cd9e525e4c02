import candlestick from "lucide:chart-candlestick";
import { type BoxShape, boxShapes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import { type SaveActions, saveMenu } from "../../chrome/save-menu.ts";
import { toolbar } from "../../chrome/toolbar.ts";
import { fullScreenStates, widgetTools } from "../../chrome/widget-tools.ts";

/** What the buttons do. */
export interface ToolActions extends SaveActions {
  find(): void;
  toggleSettings(): void;
  setShape(shape: BoxShape): void;
  toggleFullScreen(): void;
  help(): void;
}

export interface ViewTools {
  readonly element: HTMLElement;
  showShape(shape: BoxShape): void;
  showSettings(open: boolean): void;
  showFullScreen(active: boolean): void;
}

const names: Readonly<Record<BoxShape, string>> = { box: "Boxes", violin: "Violins", points: "Points" };

/** The shape that comes after another. */
function nextShape(shape: BoxShape): BoxShape {
  return boxShapes[(boxShapes.indexOf(shape) + 1) % boxShapes.length] ?? "box";
}

/** The toolbar: its own button goes from boxes to violins to points. */
export function viewTools(actions: ToolActions, signal: AbortSignal): ViewTools {
  let shape: BoxShape = "box";
  const bar = toolbar(
    "Units",
    widgetTools({
      find: { press: actions.find },
      settings: { pressed: false, press: actions.toggleSettings },
      own: {
        id: "shape",
        icon: candlestick,
        name: names[nextShape(shape)],
        press: () => actions.setShape(nextShape(shape)),
      },
      fullScreen: { press: actions.toggleFullScreen },
      save: { menu: () => saveMenu(actions) },
      help: { press: actions.help },
    }),
    signal,
  );
  return {
    element: bar.element,
    showShape(next) {
      shape = next;
      bar.change("shape", { name: names[nextShape(shape)] });
    },
    showSettings: (open) => bar.change("settings", { pressed: open }),
    showFullScreen: (active) => bar.change("full-screen", active ? fullScreenStates.inside : fullScreenStates.outside),
  };
}
