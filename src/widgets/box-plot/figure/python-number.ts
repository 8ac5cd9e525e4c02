/** Python writes numbers from 1e-4 to below 1e16 in digits alone. */
const LEAST_POWER = -4;
const MOST_POWER = 16;

/** A number as Python's and NumPy 1's own text of it: 0.5, 0.0, 5.4e-60, 1e+16, inf; the shortest that gives it back. */
export function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  return pythonForm(value, value.toExponential());
}

/** The same of the nearest single-precision number, which needs fewer digits. */
export function pythonSingle(value: number): string {
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return pythonNumber(single);
  const digits = [0, 1, 2, 3, 4, 5, 6, 7].find((more) => Math.fround(Number(single.toExponential(more))) === single);
  return pythonForm(single, Number(single.toExponential(digits ?? 8)).toExponential());
}

/** @param written In JavaScript's exponential form: "-5.4e-60". */
function pythonForm(value: number, written: string): string {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const [mantissa = "", exponent = ""] = written.split("e");
  const power = Number(exponent);
  if (power < LEAST_POWER || power >= MOST_POWER) {
    const sign = power < 0 ? "-" : "+";
    return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const sign = mantissa.startsWith("-") ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  if (power < 0) return `${sign}0.${"0".repeat(-power - 1)}${digits}`;
  const whole = digits.slice(0, power + 1).padEnd(power + 1, "0");
  return `${sign}${whole}.${digits.slice(power + 1) || "0"}`;
}
