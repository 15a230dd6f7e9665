import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { RuntimeServer } from "../../../src/runtime/api/server.ts";
import { RuntimeSession } from "../../../src/runtime/api/session.ts";
import { anInvocation, CodeFolder } from "../../support/runtime.ts";

const LAUNCHERS = fileURLToPath(new URL("../../../src/runtime/launcher/", import.meta.url));
const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Both answer once their input has ended, and write before that. */
const NODE =
  "exports.handler = (e, c, callback) => process.stdin.resume().once('end', () => { console.log('x'); callback(); });";
const PYTHON = "import os\ndef handler(e, c):\n  os.read(0, 1)\n  print('x')";
const launchers = [
  { name: "Node", command: process.execPath, launcher: "node.mjs", file: "index.js", code: NODE },
  { name: "Python", command: "python3", launcher: "python.py", file: "index.py", code: PYTHON },
];

/** A launcher that a person started, and when it takes an event. */
async function started({ command, launcher }: (typeof launchers)[number], directory: string) {
  let onReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    onReady = resolve;
  });
  const session = new RuntimeSession({ onReady, onInitError: () => onReady() });
  const server = await RuntimeServer.listen(session);
  const env = { PATH: process.env.PATH, LAMBDA_TASK_ROOT: directory, _HANDLER: "index.handler" };
  const child = spawn(command, [LAUNCHERS + launcher], {
    env: { ...env, AWS_LAMBDA_RUNTIME_API: server.address },
    stdio: "pipe",
  });
  return { child, ended: once(child, "exit"), ready, session, server };
}

test.for(launchers)("the launcher for $name ends when the emulator it asks for events has", async (row, { skip }) => {
  skip(row.name === "Python" && !hasPython, "there is no python3");
  using folder = new CodeFolder({ [row.file]: row.code });
  const { ended, ready, server } = await started(row, folder.path);
  await ready;
  server.close();
  expect(await ended).toEqual([1, null]);
});

test.for(launchers)("that for $name ends when nobody reads its answer or its output", async (row, { skip }) => {
  skip(row.name === "Python" && !hasPython, "there is no python3");
  using folder = new CodeFolder({ [row.file]: row.code });
  const { child, ended, session, server } = await started(row, folder.path);
  await new Promise<void>((resolve) => {
    const onTaken = (): number => {
      resolve();
      return 0;
    };
    session.offer({ invocation: anInvocation(), onTaken, onAnswer: () => {} });
  });
  server.close();
  child.stdout.destroy();
  child.stderr.destroy();
  child.stdin.end();
  const [code] = await ended;
  expect(code).toBeGreaterThan(0);
});

test("that for Node ends when something is thrown while it waits for its next event", async () => {
  const code = "exports.handler = async () => void setTimeout(() => { throw new Error('late'); })";
  using folder = new CodeFolder({ "index.js": code });
  const { ended, session, server } = await started(launchers[0]!, folder.path);
  session.offer({ invocation: anInvocation(), onTaken: () => 0, onAnswer: () => {} });
  expect(await ended).toEqual([129, null]);
  server.close();
});
