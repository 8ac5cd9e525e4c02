import type { Progress } from "../../compute/job.ts";

const count = (value: number) => Math.round(value).toLocaleString("en-US");

/** "Finding neighbours, 12,400 of 20,000 rows, about 3 s left." The time is said once it can be told. */
export function progressSentence(
  { stage, done, total, unit, secondsLeft }: Progress,
  startedAt: number,
  now: number,
): string {
  if (total <= 0) return `${stage}.`;
  if (unit === "MB") return `${stage} ${count(total)} MB to the page, ${Math.floor((100 * done) / total)} %.`;
  const elapsed = (now - startedAt) / 1000;
  const left = secondsLeft ?? (done > 0 ? (elapsed / done) * (total - done) : 0);
  const time = elapsed > 1 && left >= 1 ? `, about ${Math.round(left)} s left` : "";
  return `${stage}, ${count(done)} of ${count(total)} ${unit}${time}.`;
}
