import help from "lucide:circle-question-mark";
import save from "lucide:download";
import pan from "lucide:hand";
import select from "lucide:lasso";
import maximize from "lucide:maximize-2";
import minimize from "lucide:minimize-2";
import fit from "lucide:scan";
import find from "lucide:search";
import settings from "lucide:sliders-horizontal";
import rectangle from "lucide:square-dashed";
import type { Tool } from "./toolbar.ts";

/** What each tool of a widget does; one that has no meaning there is left out. */
export interface WidgetTools {
  readonly select?: Partial<Tool>;
  readonly pan?: Partial<Tool>;
  readonly find?: Partial<Tool>;
  readonly settings?: Partial<Tool>;
  /** The one button that only this widget has: points in 3-D, tiles, box or violin. */
  readonly own?: Tool;
  readonly fit?: Partial<Tool>;
  readonly fullScreen?: Partial<Tool>;
  readonly save?: Partial<Tool>;
  readonly help?: Partial<Tool>;
}

const standard = {
  select: { id: "select", icon: select, name: "Select", kept: true },
  pan: { id: "pan", icon: pan, name: "Pan" },
  find: { id: "find", icon: find, name: "Find" },
  settings: { id: "settings", icon: settings, name: "Settings" },
  fit: { id: "fit", icon: fit, name: "Fit" },
  fullScreen: { id: "full-screen", icon: maximize, name: "Full screen" },
  save: { id: "save", icon: save, name: "Save", kept: true },
  help: { id: "help", icon: help, name: "Help" },
} as const satisfies Record<string, Tool>;

/** The two states of the full-screen tool. */
export const fullScreenStates = {
  outside: { icon: maximize, name: "Full screen" },
  inside: { icon: minimize, name: "Leave full screen" },
} as const;

/** The icons of the two ways to select. */
export const selectIcons = { lasso: select, rectangle } as const;

/** A widget's tools in the order that all widgets share. */
export function widgetTools(tools: WidgetTools): readonly (readonly Tool[])[] {
  const take = (name: keyof typeof standard): Tool[] => {
    const given = tools[name];
    return given ? [{ ...standard[name], ...given }] : [];
  };
  return [
    [...take("select"), ...take("pan"), ...take("find"), ...take("settings"), ...(tools.own ? [tools.own] : [])],
    [...take("fit"), ...take("fullScreen"), ...take("save"), ...take("help")],
  ];
}
