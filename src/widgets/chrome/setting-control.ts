import { buildElement, setText } from "./build-element.ts";
import { numberControl } from "./number-control.ts";
import type { SettingField, SettingValue, TextField } from "./settings-fields.ts";

/** What a reader sets one field with. */
export interface SettingControl {
  readonly element: HTMLElement;
  set(value: SettingValue): void;
}

/** What every control says of its field. */
export interface ControlWords {
  readonly name: HTMLElement;
  /** Attributes of the whole. */
  readonly help: Readonly<Record<string, string>>;
  /** Attributes of what takes the focus. */
  readonly described: Readonly<Record<string, string>>;
}

/** @param onChange `isDragged` while the pointer or a key still holds the track. */
export function settingControl(
  field: SettingField,
  onChange: (value: SettingValue, isDragged?: boolean) => void,
): SettingControl {
  const words = buildElement("span", { class: "ls-field-words", text: field.label });
  const name = buildElement("span", { class: "ls-field-name", children: [words] });
  const help: Record<string, string> = field.help ? { title: field.help } : {};
  const described: Record<string, string> = field.help ? { "aria-description": field.help } : {};
  if (field.kind === "number") return numberControl(field, { name, help, described }, onChange);
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
  if (field.kind === "text") return textControl(field, { name, help, described }, onChange);
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

function textControl(
  field: TextField,
  { name, help, described }: ControlWords,
  onChange: (value: SettingValue) => void,
): SettingControl {
  const input = buildElement("input", {
    class: "ls-field-number ls-field-text",
    attributes: {
      type: "text",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": field.label,
      ...described,
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
  return { element: buildElement("div", { class: "ls-field", attributes: help, children: [name, input, note] }), set };
}
