import close from "lucide:x";
import { buildElement } from "./build-element.ts";
import { buildIcon } from "./icon.ts";
import { type SettingControl, settingControl } from "./setting-control.ts";
import type { SettingField, SettingValue, SettingValues } from "./settings-fields.ts";

export interface SettingsPanelOptions {
  readonly fields: readonly SettingField[];
  readonly values: SettingValues;
  /** Any change, as it is made; fields that apply now are meant to be followed at once. */
  readonly onChange: (key: string, value: SettingValue) => void;
  /** A live field is being dragged: show what these values would give. */
  readonly onTry?: (values: SettingValues) => void;
  /** Run, Enter in a field, or a live field let go. */
  readonly onRun: (values: SettingValues) => void;
  readonly onClose: () => void;
}

export interface SettingsPanel {
  readonly element: HTMLElement;
  readonly values: SettingValues;
  /** Show values that came from elsewhere (Python); they count as the ones in force. */
  update(values: SettingValues): void;
}

/** Fields in the legend's column; a value that differs from its default has a dot in the accent colour. */
export function settingsPanel(options: SettingsPanelOptions, signal: AbortSignal): SettingsPanel {
  let values: Record<string, SettingValue> = { ...options.values };
  let inForce: SettingValues = { ...values };
  /** A preview of other values has been asked for since they were run. */
  let isTried = false;
  const run = buildElement("button", {
    class: "ls-run",
    text: "Run",
    attributes: { type: "submit" },
  });
  const restore = buildElement("button", {
    class: "ls-action",
    text: "Restore defaults",
    attributes: { type: "button" },
  });
  const shut = buildElement("button", {
    class: "ls-tool",
    attributes: { type: "button", "aria-label": "Close settings", title: "Close settings" },
    children: [buildIcon(close)],
  });
  const controls = new Map<string, SettingControl>();
  const element = buildElement("form", {
    class: "ls-settings",
    attributes: { "aria-label": "Settings", novalidate: "" },
  });

  const isToRun = (): boolean =>
    options.fields.some(({ key, applies }) => applies !== "now" && values[key] !== inForce[key]);
  const follow = (): void => {
    for (const field of options.fields)
      controls.get(field.key)?.element.classList.toggle("ls-changed", values[field.key] !== field.default);
    run.disabled = !isToRun();
    run.hidden = options.fields.every(isAtOnce);
    restore.hidden = options.fields.every((field) => values[field.key] === field.default);
  };
  const change = (key: string, value: SettingValue): void => {
    if (values[key] === value) return;
    values[key] = value;
    follow();
    options.onChange(key, value);
  };
  const runNow = (): void => {
    inForce = { ...values };
    isTried = false;
    follow();
    options.onRun({ ...values });
  };
  const drag = (key: string, value: SettingValue): void => {
    if (values[key] === value) return;
    values[key] = value;
    isTried = true;
    follow();
    options.onTry?.({ ...values });
  };

  for (const field of options.fields)
    controls.set(
      field.key,
      settingControl(field, (value, isDragged) => {
        if (field.kind !== "number" || !field.live) change(field.key, value);
        else if (isDragged) drag(field.key, value);
        else {
          values[field.key] = value;
          if (isTried || isToRun()) runNow();
        }
      }),
    );
  element.append(
    buildElement("div", {
      class: "ls-settings-head",
      children: [buildElement("h3", { class: "ls-legend-title", text: "Settings" }), shut],
    }),
    ...[...controls.values()].map((control) => control.element),
    buildElement("div", { class: "ls-settings-actions", children: [run, restore] }),
  );
  for (const field of options.fields) controls.get(field.key)?.set(values[field.key] ?? field.default);
  follow();

  element.addEventListener(
    "submit",
    (event) => {
      event.preventDefault();
      if (!run.disabled) runNow();
    },
    { signal },
  );
  shut.addEventListener("click", () => options.onClose(), { signal });
  restore.addEventListener(
    "click",
    () => {
      for (const field of options.fields) {
        controls.get(field.key)?.set(field.default);
        change(field.key, field.default);
      }
      // The button has gone, and would take the focus out of the widget with it.
      shut.focus();
    },
    { signal },
  );

  return {
    element,
    get values() {
      return { ...values };
    },
    update(next) {
      values = { ...values, ...next };
      inForce = { ...values };
      isTried = false;
      for (const field of options.fields) controls.get(field.key)?.set(values[field.key] ?? field.default);
      follow();
    },
  };
}

/** Nothing waits for Run: it takes effect as it is changed, or as it is let go. */
function isAtOnce(field: SettingField): boolean {
  return field.applies === "now" || (field.kind === "number" && field.live === true);
}
