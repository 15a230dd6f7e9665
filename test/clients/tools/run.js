// Runs the deploy tools against the built server: `node test/clients/tools/run.js [tool…]`. Leaves the counts in report.json.
import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { tools } from "./support/tools.js";

/** Each waits for its own polls more than it computes. */
const AT_ONCE = 3;

const chosen = process.argv.slice(2);
const waiting = tools.filter(({ id }) => chosen.length === 0 || chosen.includes(id));
const counts = { passed: 0, failed: 0 };

/** Takes tool by tool; what one says is written in one piece. */
async function lane() {
  for (let tool = waiting.shift(); tool !== undefined; tool = waiting.shift()) {
    if (await tool.prepare()) process.stdout.write(await tested(tool));
    else process.stdout.write(`${tool.title} cannot be had here, so its tests are left out.\n`);
  }
}

async function tested({ id }) {
  const events = run({ files: [new URL(`${id}.test.js`, import.meta.url).pathname] });
  events.on("test:pass", ({ skip }) => {
    if (skip === undefined) counts.passed += 1;
  });
  events.on("test:fail", () => {
    counts.failed += 1;
  });
  return text(events.compose(spec));
}

await Promise.all(Array.from({ length: AT_ONCE }, lane));
writeFileSync(new URL("report.json", import.meta.url), JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;
