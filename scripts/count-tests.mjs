// Reads what a test runner wrote: how many tests passed and how many did not. A skipped test did not pass.
import { readFile } from "node:fs/promises";

/** Vitest's JSON report; a file that could not be loaded counts as one failure. */
export async function countVitest(report) {
  const { testResults } = JSON.parse(await readFile(report, "utf8"));
  let passed = 0;
  let failed = 0;
  for (const { status, assertionResults } of testResults) {
    const good = assertionResults.filter((test) => test.status === "passed").length;
    passed += good;
    failed += assertionResults.length - good;
    if (status !== "passed" && good === assertionResults.length) failed += 1;
  }
  return { passed, failed };
}

/** pytest's JUnit report. */
export async function countPytest(report) {
  const text = await readFile(report, "utf8");
  const suite = /<testsuite\b[^>]*>/.exec(text)?.[0] ?? "";
  const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1] ?? 0);
  const failed = number("failures") + number("errors") + number("skipped");
  return { passed: number("tests") - failed, failed };
}
