const MINUS = "−";
const counts = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const figures = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

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

/** A probability of error: 0.004, 3 × 10⁻¹²; below what double precision holds, "< 10⁻³⁰⁰". */
export function formatP(p: number): string {
  if (Number.isNaN(p)) return "NaN";
  if (p < 1e-300) return `< 10${superscript(-300)}`;
  return p < 0.001
    ? formatPower(p, 1)
    : withMinus(
        p
          .toPrecision(p < 0.01 ? 1 : 2)
          .replace(/0+$/, "")
          .replace(/\.$/, ""),
      );
}

/** 312 MB, 2.1 GB: decimal units, as file managers count. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  const digits = size < 10 && unit > 0 ? 1 : 0;
  return `${size.toFixed(digits)} ${units[unit]}`;
}

/** 0.4 s, 1.2 s, 45 s, 3 min, 1 h 20 min. */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest ? `${Math.floor(minutes / 60)} h ${rest} min` : `${minutes / 60} h`;
}

/** "about 3 s left": coarser the longer it is, so that it does not flicker. */
export function formatRemaining(seconds: number): string {
  if (seconds <= 10) return `about ${Math.max(1, Math.round(seconds))} s left`;
  if (seconds < 90) return `about ${Math.round(seconds / 5) * 5} s left`;
  return `about ${formatDuration(seconds)} left`;
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
