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

/**
 * The counts of a runner that ended with `status`; one that crashed or ran nothing has one failure and a reason.
 *
 * @param {{ status: number | null, error?: Error }} end
 * @param {{ passed: number, failed: number }} counted
 */
export function judgeRun({ status, error }, { passed, failed }) {
  if (failed > 0 || (status === 0 && passed > 0)) return { passed, failed, why: "" };
  const why = error?.message ?? (status === 0 ? "ran no test" : `ended with code ${status} and no failed test`);
  return { passed, failed: 1, why };
}
