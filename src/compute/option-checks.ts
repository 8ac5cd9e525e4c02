import { ComputeError } from "./errors.ts";

interface Range {
  readonly integer?: boolean;
  readonly least?: number;
  readonly most?: number;
  readonly above?: number;
}

/** Throw an "input" error, with the option's name as a caller wrote it, for a number out of its range. */
export function checkNumber(name: string, value: unknown, { integer = false, least, most, above }: Range): void {
  const fits =
    typeof value === "number" &&
    Number.isFinite(value) &&
    (!integer || Number.isInteger(value)) &&
    (least === undefined || value >= least) &&
    (most === undefined || value <= most) &&
    (above === undefined || value > above);
  if (fits) return;
  const kind = integer ? "an integer" : "a number";
  const range =
    least !== undefined && most !== undefined
      ? ` from ${least} to ${most}`
      : above !== undefined
        ? ` above ${above}`
        : ` of at least ${least}`;
  throw wrongOption(name, kind + range, value);
}

/** The same for a word that is none of the known ones. */
export function checkChoice(name: string, value: unknown, known: readonly string[], orElse = ""): void {
  if (typeof value === "string" && known.includes(value)) return;
  const listed = orElse
    ? `${known.join(", ")}${orElse}`
    : `${known.slice(0, -1).join(", ")} or ${known[known.length - 1]}`;
  throw new ComputeError("input", `Unknown ${name}: ${JSON.stringify(value)}.`, `Pass ${listed}.`);
}

export function wrongOption(name: string, expected: string, value: unknown): ComputeError {
  return new ComputeError("input", `${name}: expected ${expected}, got ${String(value)}`);
}
