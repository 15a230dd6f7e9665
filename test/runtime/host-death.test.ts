import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, symlinkSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CodeFolder } from "../support/runtime.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A program that has a runner, bundled as ours is: the launchers lie beside it. */
const HOST = `
import { systemIds } from "./src/kernel/ids.ts";
import { SystemClock } from "./src/kernel/time/system-clock.ts";
import { LocalRunner } from "./src/runtime/local-runner.ts";
const [directory, runtime, handler] = process.argv.slice(2);
const runner = new LocalRunner({
  clock: new SystemClock(), ids: systemIds, log: () => {}, endpoint: () => "http://127.0.0.1:1",
  inherited: process.env, keepAliveMs: 1e6, mostEnvironments: 1,
});
const definition = {
  arn: "arn", name: "f", version: "1", scope: { partition: "aws", region: "r", account: "1" }, revisionId: "1",
  runtime, handler, memoryMb: 128, timeoutMs: undefined, variables: {}, code: { kind: "directory", directory, isWatched: false },
};
const invocation = { requestId: "id", functionArn: "arn", payload: "{}" };
await runner.invoke(definition, invocation, new AbortController().signal);
`;

let folder: CodeFolder;
beforeAll(async () => {
  folder = new CodeFolder({});
  const outfile = join(folder.path, "bundle/host.mjs");
  const stdin = { contents: HOST, resolveDir: ROOT };
  await build({ stdin, outfile, bundle: true, platform: "node", format: "esm", logLevel: "error" });
  symlinkSync(join(ROOT, "src/runtime/launcher"), join(folder.path, "bundle/launcher"));
  mkdirSync(join(folder.path, "code"));
});
afterAll(() => folder[Symbol.dispose]());

/** Connects to the test for as long as its process is there. Then it is busy, or it waits. */
const node = (port: number, then: string) => `
const socket = require("node:net").connect(${port}, "127.0.0.1");
exports.handler = async () => { await new Promise((resolve) => socket.write("here", resolve)); ${then} };`;
const python = (port: number, then: string) => `
import socket
def handler(event, context):
    s = socket.create_connection(("127.0.0.1", ${port}))
    s.sendall(b"here")
    globals()["kept"] = s
    ${then}
`;

const hasPython = spawnSync("python3", ["--version"]).status === 0;

test.for([
  ["is busy without end", "nodejs22.x", "index.js", node, "for (;;);"],
  ["waits for another event", "nodejs22.x", "index.js", node, ""],
  ["waits for something else", "nodejs22.x", "index.js", node, "await new Promise(() => setInterval(() => {}, 1e6));"],
  ["ignores what it is told", "nodejs22.x", "index.js", node, "process.on('SIGTERM', () => {}); for (;;);"],
  ["is in Python", "python3.12", "index.py", python, "while True: pass"],
] as const)("a process that %s ends when the emulator is killed", async ([, runtime, file, code, then], { skip }) => {
  skip(runtime.startsWith("python") && !hasPython, "there is no python3");
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  folder.write(`code/${file}`, code((server.address() as AddressInfo).port, then));
  const args = [join(folder.path, "bundle/host.mjs"), join(folder.path, "code"), runtime, "index.handler"];
  const host = spawn(process.execPath, args, { stdio: "inherit" });
  const [socket]: Socket[] = await once(server, "connection");
  await once(socket!, "data");
  host.kill("SIGKILL");
  socket!.on("error", () => {}); // however its connection breaks
  await once(socket!, "close");
  expect(socket!.destroyed).toBe(true);
  server.close();
});
