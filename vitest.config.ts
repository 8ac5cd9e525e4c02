import { defineConfig } from "vitest/config";
import { vitePlugin } from "./scripts/bundle-plugins.mjs";

// What a page is polled for comes late on a busy machine; a test that goes wrong waits no longer than it must to be sure.
const expect = { poll: { timeout: 30_000 } };
// What a busy machine does to a real browser can differ from run to run; scripts/run-tests.mjs names who needed the second attempt.
const retry = 1;

export default defineConfig({
  plugins: [vitePlugin()],
  test: {
    projects: [
      { extends: true, test: { name: "unit", include: ["tests/unit/**/*.test.ts"], testTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          expect,
          retry,
        },
      },
      {
        // Whole networks: no part of the tests that everybody runs (`make test-models`).
        extends: true,
        test: {
          name: "models",
          include: ["tests/models/**/*.test.ts"],
          testTimeout: 600_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          expect,
        },
      },
      {
        extends: true,
        test: {
          name: "notebooks",
          include: ["tests/notebooks/**/*.test.ts"],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
          expect,
          retry,
        },
      },
    ],
  },
});
