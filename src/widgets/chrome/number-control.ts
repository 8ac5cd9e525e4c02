import { formatNumber } from "../theme/numbers.ts";
import { buildElement, setText } from "./build-element.ts";
import type { ControlWords, SettingControl } from "./setting-control.ts";
import {
  fitNumber,
  fittedWords,
  type NumberField,
  type SettingValue,
  shareOfTrack,
  valueOnTrack,
} from "./settings-fields.ts";

/** Keys that move along a track: by so many steps of the field, or (null) as the browser has it. */
const trackKeys: ReadonlyMap<string, number | null> = new Map([
  ["ArrowUp", 1],
  ["ArrowRight", 1],
  ["ArrowDown", -1],
  ["ArrowLeft", -1],
  ...["PageUp", "PageDown", "Home", "End"].map((key) => [key, null] as const),
]);

/** @param onChange `isDragged` while the pointer or a key still holds the track. */
export function numberControl(
  field: NumberField,
  { name, help, described }: ControlWords,
  onChange: (value: number, isDragged?: boolean) => void,
): SettingControl {
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
