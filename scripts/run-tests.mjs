// Runs every runner, Vitest and pytest, and ends with one line for all of them: `N passed, N failed`.
// A runner that crashes, runs nothing or skips something has failed, whatever its own summary says.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { countPytest, countVitest, judgeRun } from "./count-tests.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const output = resolve(root, "tests/output");
await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });

const vitest = (project) => {
  const report = resolve(output, `${project}.json`);
  return {
    name: `Vitest, ${project}`,
    command: process.execPath,
    args: ["node_modules/vitest/vitest.mjs", "run", `--project=${project}`, "--reporter=default"].concat(
      "--reporter=json",
      `--outputFile.json=${report}`,
    ),
    report,
    count: countVitest,
  };
};
const pytestReport = resolve(output, "pytest.xml");
const pytest = {
  name: "pytest",
  command: ".venv/bin/python",
  args: ["-m", "pytest", "tests/python", "-q", "-p", "no:cacheprovider", `--junitxml=${pytestReport}`],
  report: pytestReport,
  count: countPytest,
};
// A page waits much and computes little: beside the browser tests, the longest of all, the others cost almost no time.
const lanes = [[vitest("browser")], [vitest("unit"), pytest, vitest("notebooks")]];

let passed = 0;
let failed = 0;
const broken = [];
const unsteady = [];
await Promise.all(lanes.map(runLane));
for (const line of unsteady) console.log(`passed at the second attempt only: ${line}`);
for (const line of broken) console.log(line);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

async function runLane(runners) {
  for (const { name, command, args, report, count } of runners) {
    console.log(`== ${name}: started`);
    const { said, ...end } = await runToEnd(command, args);
    console.log(`\n== ${name}\n${said}`);
    const counted = existsSync(report) ? await count(report) : { passed: 0, failed: 0 };
    unsteady.push(...(counted.unsteady ?? []));
    const result = judgeRun(end, counted);
    if (result.why) console.error(`${name}: ${result.why}`);
    passed += result.passed;
    failed += result.failed;
    if (result.failed > 0) broken.push(`${name}: ${result.failed} failed`);
  }
}

/** What a command said is kept until its end, so that the words of two never mix. */
function runToEnd(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const hear = (text) => {
      said += text;
    };
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", hear);
    child.on("error", (error) => done({ status: null, error, said }));
    child.on("close", (status) => done({ status, said }));
  });
}
