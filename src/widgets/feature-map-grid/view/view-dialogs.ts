import type { Frame } from "../../chrome/frame.ts";
import { type HelpEntry, helpPanel } from "../../chrome/help-panel.ts";
import { rowTable, type TableColumn } from "../../chrome/row-table.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { formatNumber } from "../../theme/numbers.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
import { layersOf } from "../data/shown-maps.ts";
import { statisticsColumns } from "../data/statistics-columns.ts";
import type { FeatureMapGridSession } from "../session.ts";
import { settingFields, settingOf, settingValues } from "./settings.ts";

export interface ViewDialogs {
  openHelp(): void;
  toggleSettings(): void;
  /** The properties were changed elsewhere. */
  followOptions(): void;
}

const help: readonly HelpEntry[] = [
  { keys: "Point at a map", does: "see what the pixel saw of the picture" },
  { keys: "Click, Enter", does: "open the channel" },
  { keys: "Arrows", does: "go from channel to channel" },
  { keys: "Page Up, Page Down", does: "go from layer to layer" },
  { keys: "Home, End", does: "go to the layer's first and last channel" },
  { keys: "Arrows in an open channel", does: "go from pixel to pixel" },
  { keys: "Drop or paste a picture", does: "show what the model makes of it" },
  { keys: "Esc", does: "go back, leave full screen" },
  { keys: "?", does: "this list" },
];

/** What opens over or beside the grid when asked for: help, the channels as a table, the settings. */
export function viewDialogs(
  session: FeatureMapGridSession,
  frame: Frame,
  { onSettings, onChannel }: { onSettings(open: boolean): void; onChannel(layer: number, channel: number): void },
  signal: AbortSignal,
): ViewDialogs {
  const onClose = (): void => frame.setDialog(null);
  const openTable = (): void => {
    const layers = layersOf(session.shown);
    const places = layers.flatMap(({ channels }, layer) =>
      Array.from({ length: channels }, (_, at) => [layer, at] as const),
    );
    const columns = tableColumns(statisticsColumns(layers));
    const onChoose = (row: number): void => {
      const [layer, channel] = places[row] ?? [];
      if (layer !== undefined && channel !== undefined) onChannel(layer, channel);
    };
    frame.setDialog(rowTable({ title: "Channels", columns, rows: places.length, onChoose, onClose }, signal));
  };
  const build = (close: () => void): SettingsPanel =>
    settingsPanel(
      {
        fields: settingFields(session.props),
        values: settingValues(session.props),
        onChange: (key, value) => session.choose(settingOf(key, String(value))),
        onTry: () => undefined,
        onRun: () => undefined,
        onClose: close,
      },
      signal,
    );
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed: () => undefined }, signal);
  return {
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onTable: openTable, onClose })),
    toggleSettings: () => drawer.toggle(),
    followOptions: () => drawer.panel?.update(settingValues(session.props)),
  };
}

/** Every channel, for those who read better than they see. */
function tableColumns(columns: ReturnType<typeof statisticsColumns>): readonly TableColumn[] {
  const number = (name: string, values: readonly number[]): TableColumn => ({
    name,
    align: "right",
    cell: (row) => formatNumber(values[row] ?? 0),
  });
  return [
    { name: "layer", cell: (row) => columns.layer[row] ?? "" },
    number("channel", columns.channel),
    number("mean", columns.mean),
    number("maximum", columns.maximum),
    number("zeros", columns.zeros),
  ];
}
