import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Threads start faster than processes, and two keep both cores of a small machine busy.
    pool: "threads",
    maxWorkers: 2,
    // No test measures time, so a slow machine must not fail one; this only ends what hangs.
    testTimeout: 120_000,
    // The report is where .ci/run takes its counts from.
    reporters: ["default", ["json", { outputFile: "test-report.json" }]],
  },
});
