import type { Frame } from "../../chrome/frame.ts";
import { type HelpEntry, helpPanel } from "../../chrome/help-panel.ts";
import { rowTable, type TableColumn } from "../../chrome/row-table.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { formatLogPAlike, formatNumber } from "../../theme/numbers.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
import { unitName } from "../data/unit-name.ts";
import { formatEffect } from "../data/unit-sentence.ts";
import type { BoxPlotProps } from "../props.ts";
import type { BoxPlotSession } from "../session.ts";
import { settingFields, settingValues } from "./settings.ts";

export interface ViewDialogs {
  openHelp(): void;
  toggleSettings(): void;
  /** The properties were changed elsewhere. */
  followOptions(): void;
}

const help: readonly HelpEntry[] = [
  { keys: "Click a box", does: "select its rows" },
  { keys: "Shift + click", does: "add to the selection" },
  { keys: "Alt or Ctrl/⌘ + click", does: "take from the selection" },
  { keys: "Click a unit, or its title", does: "make it the current unit; again: none" },
  { keys: "Arrows on the panels", does: "go to the next box or panel" },
  { keys: "Arrows in the table", does: "go from unit to unit" },
  { keys: "Enter", does: "select the box; show the unit" },
  { keys: "Space in the table", does: "keep the unit's panel" },
  { keys: "Esc", does: "close, clear, leave full screen" },
  { keys: "Ctrl/⌘ + Z", does: "undo the selection" },
  { keys: "Ctrl/⌘ + Shift + Z", does: "redo it" },
  { keys: "/", does: "find a unit" },
  { keys: "?", does: "this list" },
];

/** What opens over or beside the panels when asked for: help, the whole ranking, the settings. */
export function viewDialogs(
  session: BoxPlotSession,
  frame: Frame,
  { onSettings, onUnit }: { onSettings(open: boolean): void; onUnit(unit: number): void },
  signal: AbortSignal,
): ViewDialogs {
  const onClose = (): void => frame.setDialog(null);
  const openTable = (): void => {
    const columns = rankingColumns(session);
    const ranking = session.active?.table.ranking;
    if (!ranking) return;
    const onChoose = (place: number): void => onUnit(ranking[place] ?? -1);
    frame.setDialog(rowTable({ title: "Units", columns, rows: ranking.length, onChoose, onClose }, signal));
  };
  const build = (close: () => void): SettingsPanel =>
    settingsPanel(
      {
        fields: settingFields(session.props, valuesOnShow(session)),
        values: settingValues(session.props),
        onChange: (key, value) => change({ [key]: value }),
        onTry: () => undefined,
        onRun: change,
        onClose: close,
      },
      signal,
    );
  const change = (values: Readonly<Record<string, unknown>>): void => {
    const old: Readonly<Record<string, unknown>> = settingValues(session.props);
    const changed = Object.fromEntries(Object.entries(values).filter(([key, value]) => old[key] !== value));
    if (Object.keys(changed).length > 0) session.choose(changed as Partial<BoxPlotProps>);
  };
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed: () => undefined }, signal);
  return {
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onTable: openTable, onClose })),
    toggleSettings: () => drawer.toggle(),
    followOptions: () => drawer.panel?.update(settingValues(session.props)),
  };
}

/** Least and greatest value of the units on show. */
function valuesOnShow({ panels }: BoxPlotSession): readonly [number, number] {
  const ranges = panels.boxes.map(({ range }) => range).filter(([low, high]) => low <= high);
  return ranges.length === 0
    ? [0, 1]
    : [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** The ranking on show, for those who read better than they see. */
function rankingColumns({ active, read }: BoxPlotSession): readonly TableColumn[] {
  if (!active) return [];
  const { table } = active;
  const at = (place: number): number => table.ranking[place] ?? 0;
  const number = (name: string, text: (unit: number) => string): TableColumn => ({
    name,
    align: "right",
    cell: (place) => (Number.isNaN(table.statistic[at(place)]) ? "" : text(at(place))),
  });
  return [
    { name: "unit", cell: (place) => unitName(at(place), read?.unitNames ?? null) },
    number(table.test === "kruskal" ? "H" : "F", (unit) => formatNumber(table.statistic[unit] ?? 0)),
    number("p", (unit) => formatLogPAlike(table.logP[unit] ?? 0)),
    number("q", (unit) => formatLogPAlike(table.logQ[unit] ?? 0)),
    number("η²", (unit) => formatEffect(table.etaSquared[unit] ?? 0)),
  ];
}
