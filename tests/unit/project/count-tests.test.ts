import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { countPytest, countVitest, judgeRun } from "../../../scripts/count-tests.mjs";

let folder = "";

async function report(text: string): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), "count-tests-"));
  const file = join(folder, "report");
  await writeFile(file, text);
  return file;
}

afterEach(() => rm(folder, { recursive: true, force: true }));

describe("counting the tests", () => {
  it("reads Vitest's report, where a skipped test and a file that can't be loaded did not pass", async () => {
    const results = [
      { status: "passed", assertionResults: [{ status: "passed" }, { status: "passed" }] },
      { status: "failed", assertionResults: [{ status: "passed" }, { status: "failed" }] },
      { status: "passed", assertionResults: [{ status: "pending" }] },
      { status: "failed", assertionResults: [] },
    ];
    const file = await report(JSON.stringify({ testResults: results }));
    expect(await countVitest(file)).toEqual({ passed: 3, failed: 3, unsteady: [] });
  });

  it("names the tests that passed at their second attempt", async () => {
    const assertionResults = [
      { status: "passed", fullName: "a map is drawn", failureMessages: ["Error: no pixels\n    at once"] },
      { status: "passed", fullName: "a map is turned", failureMessages: [] },
    ];
    const file = await report(
      JSON.stringify({ testResults: [{ name: "map.test.ts", status: "passed", assertionResults }] }),
    );
    expect(await countVitest(file)).toEqual({
      passed: 2,
      failed: 0,
      unsteady: ["map.test.ts: a map is drawn: Error: no pixels"],
    });
  });

  it("reads pytest's report, where an error in a fixture and a skipped test did not pass", async () => {
    const file = await report(
      `<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10" time="0.1"></testsuite></testsuites>`,
    );
    expect(await countPytest(file)).toEqual({ passed: 6, failed: 4 });
  });

  it("counts a runner that crashed after its last test as a failure", () => {
    expect(judgeRun({ status: 1 }, { passed: 5, failed: 0 })).toEqual({
      passed: 5,
      failed: 1,
      why: "ended with code 1 and no failed test",
    });
  });

  it("counts a runner that ran nothing, or could not start, as a failure", () => {
    expect(judgeRun({ status: 0 }, { passed: 0, failed: 0 })).toMatchObject({ failed: 1, why: "ran no test" });
    expect(judgeRun({ status: null, error: new Error("spawn ENOENT") }, { passed: 0, failed: 0 })).toMatchObject({
      failed: 1,
      why: "spawn ENOENT",
    });
  });

  it("lets a good run be", () => {
    expect(judgeRun({ status: 0 }, { passed: 5, failed: 0 })).toEqual({ passed: 5, failed: 0, why: "" });
  });
});
