const MINUS = "−";
const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const figures = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const LOG_TINY = Math.log(1e-300);

const withMinus = (text: string): string => text.replace("-", MINUS);

/** A count with commas: 1,797. */
export function formatCount(count: number): string {
  return withMinus(counts.format(count));
}

/** "1 row", "1,797 rows"; `plural` only where an s is not enough. */
export function formatCounted(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}

/**
 * A measured value with three significant digits: 0.714, 12,400, −3.02, 1.2 × 10⁻⁷. Whole numbers up to a million keep
 * all their digits.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return formatCount(value);
  if (size < 1e-4 || size >= 1e7) return formatPower(value);
  return withMinus(figures.format(value));
}

/**
 * Values that are read beside each other, all to the same decimal: the third significant digit of the largest. Those too
 * large or too small for it are told one by one.
 */
export function formatAlike(values: readonly number[]): readonly string[] {
  const sizes = values.filter(Number.isFinite).map(Math.abs);
  const largest = Math.max(0, ...sizes);
  if (largest < 1e-4 || largest >= 1e7) return values.map(formatNumber);
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(largest)));
  const alike = new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  // Rounded to nothing it has no sign.
  const text = (value: number) => withMinus(alike.format(value)).replace(/^−(?=[0.]+$)/, "");
  return values.map((value) => (Number.isFinite(value) ? text(value) : formatNumber(value)));
}

/**
 * A probability of error to three decimals: 0.004, 0.2; where these don't tell it 3 × 10⁻¹²; below what double precision holds,
 * "< 10⁻³⁰⁰". Only 1 is told as 1.
 */
export function formatP(p: number): string {
  if (Number.isNaN(p)) return "NaN";
  if (p < 1e-300) return `< 10${superscript(-300)}`;
  return p < 0.001 ? formatPower(p, 1) : threeDecimals(p).replace(/\.?0+$/, "");
}

/** `formatP` of a p that is known by its natural logarithm: what double precision can't hold has all its digits too. */
export function formatLogP(logP: number): string {
  if (logP === Number.NEGATIVE_INFINITY) return "0";
  if (!(logP < LOG_TINY)) return formatP(Math.exp(logP));
  const power = logP / Math.LN10;
  const exponent = Math.floor(power);
  const mantissa = Math.round(10 ** (power - exponent));
  return mantissa < 10 ? `${mantissa} × 10${superscript(exponent)}` : `1 × 10${superscript(exponent + 1)}`;
}

/** `formatLogP` for a column: all three decimals where these tell it, so that points and digits stand below each other. */
export function formatLogPAlike(logP: number): string {
  const p = Math.exp(logP);
  return p < 0.001 ? formatLogP(logP) : threeDecimals(p);
}

/** What would be rounded to 1 is rounded down. */
function threeDecimals(p: number): string {
  return p >= 0.9995 && p < 1 ? "0.999" : p.toFixed(3);
}

function formatPower(value: number, digits = 3): string {
  const [mantissa = "", exponent = "0"] = value.toExponential(digits - 1).split("e");
  const short = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return `${withMinus(short)} × 10${superscript(Number(exponent))}`;
}

function superscript(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]).join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}
