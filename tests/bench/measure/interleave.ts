import { median } from "../write-result.ts";
import { RUNS } from "./runs.ts";

/** Seconds of one run. */
export interface Seconds {
  readonly cpu_s: number;
  readonly wall_s: number;
}

/** Run every contender in turn, RUNS times, so that a machine's good and bad minutes meet them all; the medians. */
export async function interleave<Name extends string>(
  contenders: Readonly<Record<Name, () => Promise<Seconds>>>,
): Promise<Record<Name, Seconds>> {
  const names = Object.keys(contenders) as Name[];
  const measured = new Map(names.map((name) => [name, [] as Seconds[]]));
  for (let run = 0; run < RUNS; run++) {
    for (const name of names) {
      const { cpu_s, wall_s } = await contenders[name]();
      measured.get(name)?.push({ cpu_s, wall_s });
      console.log(`${name}: ${cpu_s.toFixed(2)} s of CPU, ${wall_s.toFixed(2)} s of wall`);
    }
  }
  const medianOf = (name: Name, figure: keyof Seconds) => median((measured.get(name) ?? []).map((run) => run[figure]));
  return Object.fromEntries(
    names.map((name) => [name, { cpu_s: medianOf(name, "cpu_s"), wall_s: medianOf(name, "wall_s") }]),
  ) as Record<Name, Seconds>;
}
