// Runs the benchmarks and holds their ratios against the floors: node scripts/run-ts.mjs tests/bench/run.ts [NAME ...]
import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { FLOORS } from "./floors.ts";

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in FLOORS));
if (unknown) {
  console.error(`unknown benchmark: "${unknown}" (expected ${Object.keys(FLOORS).join(" or ")})`);
  process.exit(2);
}

const crashed: string[] = [];
const table: { benchmark: string; against: string; ratio: number; floor: number; reached: boolean }[] = [];
for (const name of asked.length > 0 ? asked : Object.keys(FLOORS)) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(process.execPath, ["scripts/run-ts.mjs", `tests/bench/${name}.ts`], {
    stdio: "inherit",
  });
  if (status !== 0) {
    crashed.push(name);
    continue;
  }
  const { ratios } = JSON.parse(await readFile(`tests/bench/results/${name}.json`, "utf8")) as {
    ratios: Record<string, number>;
  };
  for (const [against, floor] of Object.entries(FLOORS[name] ?? {})) {
    const ratio = ratios[against] ?? Number.NaN;
    table.push({ benchmark: name, against, ratio, floor, reached: ratio >= floor });
  }
}

console.table(table);
for (const name of crashed) console.error(`${name} did not finish.`);
process.exitCode = crashed.length > 0 ? 1 : 0;
