export type SettingValue = number | string | boolean;
export type SettingValues = Readonly<Record<string, SettingValue>>;

interface FieldBase {
  readonly key: string;
  readonly label: string;
  /** One sentence: the tooltip of the field and its description to a screen reader. */
  readonly help?: string;
  /** "run": takes effect when it is run again; "now": at once. Default "run". */
  readonly applies?: "run" | "now";
}

export interface NumberField extends FieldBase {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly default: number;
  /** "log" spreads the track evenly over powers of ten; needs min > 0. Default "linear". */
  readonly scale?: "linear" | "log";
  /** A drag along the track is followed as a preview, and what it ends on is run at once. Default false. */
  readonly live?: boolean;
}

export interface ChoiceField extends FieldBase {
  readonly kind: "choice";
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly default: string;
}

export interface ToggleField extends FieldBase {
  readonly kind: "toggle";
  readonly default: boolean;
}

export interface TextField extends FieldBase {
  readonly kind: "text";
  readonly default: string;
  /** What was typed in the form in which it is kept; null where it makes no sense, and what was there before comes back. */
  read(typed: string): string | null;
}

/** One thing that a reader may set. */
export type SettingField = NumberField | ChoiceField | ToggleField | TextField;

/** The number nearest to `value` that the field can hold. */
export function fitNumber({ min, max, step }: NumberField, value: number): number {
  const stepped = min + Math.round((value - min) / step) * step;
  // Steps of 0.1 add up to 0.30000000000000004.
  return Number(Math.min(max, Math.max(min, stepped)).toPrecision(12));
}

/** What became of a number that a field can't hold: "panels is 64, not 100: that is the most."; empty where it can. */
export function fittedWords(field: NumberField, typed: number): string {
  const fitted = fitNumber(field, typed);
  if (fitted === typed) return "";
  const { label, min, max, step } = field;
  const why = typed > max ? "that is the most" : typed < min ? "that is the least" : `it goes in steps of ${step}`;
  return `${label} is ${plain(fitted)}, not ${plain(typed)}: ${why}.`;
}

/** All digits of what was typed. */
function plain(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 12 }).replace("-", "−");
}

/** Where a value lies on the field's track, 0 to 1. */
export function shareOfTrack({ min, max, scale }: NumberField, value: number): number {
  if (max <= min) return 0;
  return scale === "log" ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}

/** The value at a place of the field's track, 0 to 1. */
export function valueOnTrack(field: NumberField, share: number): number {
  const { min, max, scale } = field;
  return fitNumber(field, scale === "log" ? min * (max / min) ** share : min + share * (max - min));
}
