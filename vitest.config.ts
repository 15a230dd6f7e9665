import { configDefaults, defineConfig } from "vitest/config";
import { testsThatReachOutside } from "./test/support/outside.ts";

/** What is done in a browser, of which there is one for all. */
const inBrowser = ["test/console/browser/*.test.ts"];

const outside = testsThatReachOutside();

/** What is run once more with `node:http` reading all requests: tests of what goes over the wire. */
const overTheWire = [
  "test/{sdk,fixture/fault}/*-wire.test.ts",
  "test/sdk/{sns,sqs}.test.ts",
  "test/malformed/{kinesis,sns,sqs}.test.ts",
  "test/server/http/{cors,endpoint,hang-up-wire,listener}.test.ts",
];

export default defineConfig({
  test: {
    // Threads start faster than processes, and two keep both cores of a small machine busy.
    pool: "threads",
    maxWorkers: 2,
    // No test measures time, so a slow machine must not fail one; this only ends what hangs.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Processes that tests start leave no compiled code where whoever runs them has it.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    // The report is where .ci/run takes its counts from.
    reporters: ["default", ["json", { outputFile: "test-report.json" }]],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...outside],
          // They change nothing outside of themselves, so a thread loads each module once: half the time.
          isolate: false,
        },
      },
      {
        extends: true,
        test: { name: "outside", include: outside, exclude: [...configDefaults.exclude, ...inBrowser] },
      },
      {
        extends: true,
        test: { name: "browser", include: inBrowser, globalSetup: "test/support/browser/setup.ts" },
      },
      { extends: true, test: { name: "node-http", include: overTheWire, provide: { httpReader: "node" } } },
    ],
  },
});
