import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const HERE = fileURLToPath(new URL(".", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/waystation-runtime");
mkdirSync(CACHE, { recursive: true });
/** What takes a minute to build stays when packages are installed anew. */
const { XDG_CACHE_HOME = join(homedir(), ".cache") } = process.env;
const RUST = join(XDG_CACHE_HOME, "waystation-runtime/rust");

/** Whether a command could be had, and did what it was told. */
function did(command, args, cwd = HERE) {
  return spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
}

const hasPython = did("python3", [
  "-m",
  "pip",
  "install",
  "-q",
  "--upgrade",
  "--target",
  join(CACHE, "python"),
  "awslambdaric==4.2.2",
]);
const hasGo = did("go", ["build", "-o", join(CACHE, "go-function"), "."], join(HERE, "go"));
const java = join(CACHE, "java");
const hasJava = did("mvn", ["-B", "-q", `-Doutput=${java}`, "process-classes"], join(HERE, "java"));
const hasRust = did("cargo", ["build", "-q", "--locked", "--target-dir", RUST], join(HERE, "rust"));

const contents = `export { LocalRunner } from "./src/runtime/local-runner.ts"; export { SystemClock } from "./src/kernel/time/system-clock.ts"; export { systemIds } from "./src/kernel/ids.ts";`;
const outfile = join(CACHE, "runner.mjs");
await build({ stdin: { contents, resolveDir: ROOT }, outfile, bundle: true, platform: "node", format: "esm" });
const { LocalRunner, SystemClock, systemIds } = await import(pathToFileURL(outfile).href);

const runner = new LocalRunner({
  clock: new SystemClock(),
  ids: systemIds,
  log: () => {},
  endpoint: () => "http://127.0.0.1:1",
  inherited: process.env,
  keepAliveMs: 600_000,
  mostEnvironments: 2,
});
after(() => runner.close());

let requests = 0;
async function invoke(name, command, directory, handler, event) {
  const scope = { partition: "aws", region: "us-east-1", account: "000000000000" };
  const variables = { PYTHONPATH: join(CACHE, "python") };
  const code = { kind: "command", command, directory, isWatched: false };
  const settings = { runtime: undefined, handler, memoryMb: 128, timeoutMs: 60_000, variables, code };
  const definition = { arn: name, name, version: "$LATEST", scope, revisionId: "1", ...settings };
  const requestId = `8476a536-e9f4-11e8-9739-${String(++requests).padStart(12, "0")}`;
  const invocation = { requestId, functionArn: "arn", payload: JSON.stringify(event) };
  const { type, payload } = await runner.invoke(definition, invocation, new AbortController().signal);
  return { type, requestId, payload: JSON.parse(payload) };
}

const languages = [
  { name: "Python", has: hasPython, command: ["python3", "-m", "awslambdaric", "app.handler"], error: /^KeyError$/ },
  { name: "Go", has: hasGo, command: [join(CACHE, "go-function")], error: /^errorString$/ },
  {
    name: "Java",
    has: hasJava,
    command: [
      ...["java", "-XX:TieredStopAtLevel=1", "-cp", [join(java, "classes"), join(java, "lib", "*")].join(delimiter)],
      ...["com.amazonaws.services.lambda.runtime.api.client.AWSLambda", "function.Handler::handleRequest"],
    ],
    error: /^java\.lang\.IllegalStateException$/,
  },
  { name: "Rust", has: hasRust, command: [join(RUST, "debug/function")], error: /dyn core::error::Error/ },
];
for (const { name, has, command, error } of languages) {
  const skip = has ? false : `The runtime interface client for ${name} cannot be had here.`;
  const ask = (event) => invoke(name, command, join(HERE, name.toLowerCase()), "app.handler", event);

  test(`a function in ${name} answers, fails, and answers again`, { skip }, async () => {
    for (const round of [1, 2]) {
      const { type, requestId, payload } = await ask({ round });
      assert.deepEqual({ type, payload }, { type: "answered", payload: { requestId, arn: "arn", name } });
      const failed = await ask({ fail: true });
      assert.equal(failed.type, "failed");
      assert.match(failed.payload.errorType, error);
      assert.match(failed.payload.errorMessage, /far/);
    }
  });
}

test("a function in Python that cannot be loaded says why", { skip: !hasPython }, async () => {
  const command = ["python3", "-m", "awslambdaric", "broken.handler"];
  const { type, payload } = await invoke("broken", command, join(HERE, "python"), "broken.handler", {});
  assert.equal(type, "failed");
  assert.equal(payload.errorType, "Runtime.ImportModuleError");
  assert.equal(payload.requestId, "");
});
