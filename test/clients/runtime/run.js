// Runs functions with AWS's own runtime interface clients: `node test/clients/runtime/run.js`. Leaves the counts in report.json.
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { run } from "node:test";
import { spec } from "node:test/reporters";

const counts = { passed: 0, failed: 0 };
const events = run({ files: [new URL("clients.test.js", import.meta.url).pathname] });
events.on("test:pass", ({ skip }) => {
  if (skip === undefined) counts.passed += 1;
});
events.on("test:fail", () => {
  counts.failed += 1;
});
process.stdout.write(await text(events.compose(spec)));
writeFileSync(new URL("report.json", import.meta.url), JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
