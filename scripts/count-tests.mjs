// Reads what a test runner wrote: how many tests passed and how many did not. A skipped test did not pass.
import { readFile } from "node:fs/promises";

/**
 * Vitest's JSON report; a file that could not be loaded counts as one failure. What passed only at its second attempt
 * is in `unsteady`, with what its first one said: a test, or the product, that has to be mended.
 */
export async function countVitest(report) {
  const { testResults } = JSON.parse(await readFile(report, "utf8"));
  let passed = 0;
  let failed = 0;
  const unsteady = [];
  for (const { name, status, assertionResults } of testResults) {
    const good = assertionResults.filter((test) => test.status === "passed");
    passed += good.length;
    failed += assertionResults.length - good.length;
    if (status !== "passed" && good.length === assertionResults.length) failed += 1;
    for (const { fullName, failureMessages } of good)
      if (failureMessages?.length) unsteady.push(`${name}: ${fullName}: ${failureMessages[0].split("\n")[0]}`);
  }
  return { passed, failed, unsteady };
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
