// Holds the built server against what the RFCs of HTTP/2 ask for: `node test/clients/h2spec/run.js`. Leaves the counts in report.json.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/waystation-h2spec");
const REPORT = join(CACHE, "report.xml");
const TOOL = "github.com/summerwind/h2spec/cmd/h2spec@v2.2.1+incompatible";
/** Seconds that a busy machine may take for an answer. */
const TIMEOUT = "20";

/** A port that speaks HTTP/1.1 as well answers in it what does not begin as HTTP/2 does. */
const EXPECTED = ["Sends invalid connection preface"];

mkdirSync(CACHE, { recursive: true });
const counts = { passed: 0, failed: 0 };
const installed = spawnSync("go", ["install", TOOL], { env: { ...process.env, GOBIN: CACHE }, stdio: "ignore" });
if (installed.status === 0) await check();
else process.stdout.write("h2spec cannot be built here, so it is left out.\n");
writeFileSync(new URL("report.json", import.meta.url), JSON.stringify(counts));
process.exitCode = counts.failed === 0 ? 0 : 1;

async function check() {
  const server = spawn(process.execPath, [join(ROOT, "dist/bundle/main.js"), "--port", "0", "--log-level", "silent"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await portOf(server.stdout);
  const args = ["-S", "-h", "127.0.0.1", "-p", port, "-o", TIMEOUT, "-j", REPORT];
  const tool = spawn(join(CACHE, "h2spec"), args, { stdio: "ignore" });
  await once(tool, "close");
  server.kill();
  for (const [test] of readFileSync(REPORT, "utf8").matchAll(/<testcase [\s\S]*?(?:<\/testcase>|\/>)/g)) count(test);
  process.stdout.write(`h2spec: ${counts.passed} passed, ${counts.failed} failed\n`);
}

/** The port in the line that says where the server is. */
async function portOf(output) {
  let said = "";
  for await (const chunk of output) {
    said += chunk;
    const [, port] = /ready at http:\/\/[^:]+:(\d+)/.exec(said) ?? [];
    if (port !== undefined) return port;
  }
  throw new Error(`The server has not started: ${said}`);
}

function count(test) {
  const [, title = ""] = /classname="([^"]*)"/.exec(test) ?? [];
  const isWrong = /<failure|<error/.test(test) && !EXPECTED.includes(title);
  counts[isWrong ? "failed" : "passed"] += 1;
  if (isWrong) process.stdout.write(`failed: ${title}\n`);
}
