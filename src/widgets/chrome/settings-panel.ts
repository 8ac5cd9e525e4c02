import close from "lucide:x";
import { formatNumber } from "../theme/numbers.ts";
import { buildElement, setText } from "./build-element.ts";
import { buildIcon } from "./icon.ts";
import {
  fitNumber,
  fittedWords,
  type SettingField,
  type SettingValue,
  type SettingValues,
  shareOfTrack,
  type TextField,
  valueOnTrack,
} from "./settings-fields.ts";

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

interface Control {
  readonly element: HTMLElement;
  set(value: SettingValue): void;
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
  const controls = new Map<string, Control>();
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
      buildControl(field, (value, isDragged) => {
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

/** Keys that move along a track: by so many steps of the field, or (null) as the browser has it. */
const trackKeys: ReadonlyMap<string, number | null> = new Map([
  ["ArrowUp", 1],
  ["ArrowRight", 1],
  ["ArrowDown", -1],
  ["ArrowLeft", -1],
  ...["PageUp", "PageDown", "Home", "End"].map((key) => [key, null] as const),
]);

/** @param onChange `isDragged` while the pointer or a key still holds the track. */
function buildControl(field: SettingField, onChange: (value: SettingValue, isDragged?: boolean) => void): Control {
  const words = buildElement("span", { class: "ls-field-words", text: field.label });
  const name = buildElement("span", { class: "ls-field-name", children: [words] });
  const help: Record<string, string> = field.help ? { title: field.help } : {};
  const described: Record<string, string> = field.help ? { "aria-description": field.help } : {};
  if (field.kind === "number") {
    const input = buildElement("input", {
      class: "ls-field-number",
      attributes: { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": field.label, ...described },
    });
    const track = buildElement("input", {
      class: "ls-field-track",
      attributes: { type: "range", min: "0", max: "1", step: "0.001", "aria-label": field.label, ...described },
    });
    // What became of a number that the field can't hold, until there is another.
    const note = buildElement("p", { class: "ls-field-note", attributes: { role: "status" } });
    let number = field.default;
    const set = (value: SettingValue): void => {
      if (Number(value) !== number) setText(note, "");
      number = Number(value);
      input.value = String(number);
      track.value = String(shareOfTrack(field, number));
      track.setAttribute("aria-valuetext", formatNumber(number));
      track.style.setProperty("--ls-share", `${shareOfTrack(field, number) * 100}%`);
    };
    const take = (value: number): void => {
      set(value);
      onChange(value);
    };
    const takeTyped = (): void => {
      const words = input.value.trim();
      const typed = Number(words.replaceAll(",", "").replace("−", "-"));
      const isNumber = Number.isFinite(typed) && words !== "";
      // Enter may be followed by the browser's own word of the change: nothing is said anew.
      if (isNumber && typed === number) {
        set(number);
        return;
      }
      take(isNumber ? fitNumber(field, typed) : number);
      setText(note, isNumber ? fittedWords(field, typed) : words && `“${words}” is no number: ${number} stays.`);
      if (note.textContent) note.scrollIntoView({ block: "nearest" });
    };
    input.addEventListener("change", takeTyped);
    // Not every page lets Enter through to what the browser does with it.
    input.addEventListener("keydown", ({ key }) => {
      if (key === "Enter" && input.value !== String(number)) takeTyped();
    });
    const drag = (value: number): void => {
      set(value);
      onChange(value, true);
    };
    // A key that is held repeats, with a change at each repeat: it counts as let go when it is.
    let isHeld = false;
    const letGo = (): void => {
      if (!isHeld) return;
      isHeld = false;
      onChange(number);
    };
    track.addEventListener("input", () => drag(valueOnTrack(field, Number(track.value))));
    track.addEventListener("change", () => isHeld || take(valueOnTrack(field, Number(track.value))));
    track.addEventListener("keydown", (event) => {
      const by = trackKeys.get(event.key);
      if (by === undefined) return;
      isHeld = true;
      if (by === null) return;
      event.preventDefault();
      drag(fitNumber(field, number + by * field.step));
    });
    track.addEventListener("keyup", ({ key }) => trackKeys.has(key) && letGo());
    track.addEventListener("blur", letGo);
    return {
      element: buildElement("div", { class: "ls-field", attributes: help, children: [name, input, track, note] }),
      set,
    };
  }
  if (field.kind === "choice") {
    const select = buildElement("select", {
      class: "ls-field-choice",
      attributes: { "aria-label": field.label, ...described },
      children: field.options.map(({ value, label }) => buildElement("option", { text: label, attributes: { value } })),
    });
    select.addEventListener("change", () => onChange(select.value));
    const set = (value: SettingValue): void => {
      select.value = String(value);
    };
    return { element: buildElement("div", { class: "ls-field", attributes: help, children: [name, select] }), set };
  }
  if (field.kind === "text") return buildTextControl(field, name, onChange);
  const box = buildElement("input", { attributes: { type: "checkbox", ...described } });
  box.addEventListener("change", () => onChange(box.checked));
  const set = (value: SettingValue): void => {
    box.checked = value === true;
  };
  return {
    element: buildElement("label", { class: "ls-field ls-field-toggle", attributes: help, children: [name, box] }),
    set,
  };
}

function buildTextControl(field: TextField, name: HTMLElement, onChange: (value: SettingValue) => void): Control {
  const input = buildElement("input", {
    class: "ls-field-number ls-field-text",
    attributes: {
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": field.label,
      ...(field.help ? { "aria-description": field.help } : {}),
    },
  });
  // Why what was typed was not taken, until there is another.
  const note = buildElement("p", { class: "ls-field-note", attributes: { role: "status" } });
  let text = field.default;
  const set = (value: SettingValue): void => {
    if (String(value) !== text) setText(note, "");
    text = String(value);
    input.value = text;
  };
  const take = (): void => {
    const typed = input.value.trim();
    // Enter may be followed by the browser's own word of the change: nothing is said anew.
    if (typed === text) return;
    const read = field.read(typed);
    set(read ?? text);
    setText(note, read === null ? `“${typed}” can't be read as ${field.label}: ${text} stays.` : "");
    if (read === null) note.scrollIntoView({ block: "nearest" });
    else onChange(read);
  };
  input.addEventListener("change", take);
  // Not every page lets Enter through to what the browser does with it.
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" && input.value !== text) take();
  });
  const help: Record<string, string> = field.help ? { title: field.help } : {};
  return { element: buildElement("div", { class: "ls-field", attributes: help, children: [name, input, note] }), set };
}
