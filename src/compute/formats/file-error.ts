import { ComputeError } from "../errors.ts";

/**
 * What is answered to a file that isn't what it should be.
 *
 * @param cause - Half a sentence, with figures: "its table at byte 1,234 is 99 bytes long and 12 are left".
 */
export function damagedFile(name: string, cause: string): ComputeError {
  return new ComputeError(
    "input",
    `${name} is damaged or cut off: ${cause}.`,
    "Copy it again from where it was saved.",
  );
}

/** Figures of bytes and counts in errors. */
export const figure = (value: number): string =>
  Number.isFinite(value) ? value.toLocaleString("en-US", { maximumFractionDigits: 0 }) : "an unknown number";
