import type { SettingField, SettingValue, SettingValues } from "../../chrome/settings-fields.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { drawingFields, drawingSetting, drawingValues } from "./drawing-fields.ts";
import { methodFields, methodSetting, methodValues } from "./method-fields.ts";

/** What a reader may change in the panel, all of it at once; of given maps nobody can ask for others. */
export function settingFields(props: SaliencyOverlayProps): readonly SettingField[] {
  return [...drawingFields(props), ...(props.maps === null && props.model !== null ? methodFields(props) : [])];
}

export function settingValues(props: SaliencyOverlayProps): SettingValues {
  return { ...drawingValues(props), ...methodValues(props) };
}

/** What a value of the panel means; null: nothing that could be. */
export function settingOf(
  key: string,
  value: SettingValue,
  props: SaliencyOverlayProps,
): Partial<SaliencyOverlayProps> | null {
  return drawingSetting(key, value) ?? methodSetting(key, value, props);
}

/** What of the panel's values differs from what is in force. */
export function changedSettings(values: SettingValues, props: SaliencyOverlayProps): Partial<SaliencyOverlayProps> {
  const now = settingValues(props);
  let changed: Partial<SaliencyOverlayProps> = {};
  for (const [key, value] of Object.entries(values)) {
    if (value === now[key]) continue;
    changed = { ...changed, ...settingOf(key, value, { ...props, ...changed }) };
  }
  return changed;
}
