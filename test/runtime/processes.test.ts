import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import type { FunctionCode, FunctionDefinition } from "../../src/runtime/runner.ts";
import { aDefinition, anInvocation, answerOf, CodeFolder, errorOf, HeardRunner, logOf } from "../support/runtime.ts";

const shell = (directory: string, script: string): FunctionCode => ({
  kind: "command",
  command: ["/bin/sh", "-c", script],
  directory,
  isWatched: false,
});

/** Says which process it is, and does what the event says. */
const WORKER = `
let calls = 0;
exports.handler = async (event) => {
  if (event.exit !== undefined) process.exit(event.exit);
  if (event.signal) process.kill(process.pid, event.signal);
  if (event.say) process.stdout.write(event.say + "\\n");
  if (event.flood) for (let n = 0; n < event.flood; n++) process.stdout.write("x".repeat(1023) + "\\n");
  if (event.loop) for (;;);
  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 1e6));
  if (event.large) return "x".repeat(event.large);
  return { pid: process.pid, calls: ++calls };
};`;

/** The same, but it does not end when it is asked to. */
const UNWILLING = `process.on("SIGTERM", () => {});${WORKER}`;

interface Worked {
  readonly pid: number;
  readonly calls: number;
}

/** Whether it runs, rather than only stands in the list of those whose end nobody has asked for. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (cause) {
    return cause instanceof Error && "path" in cause && !existsSync("/proc/self");
  }
}

/** Says which process it is, and answers that once it gets a signal. */
const UNTIL_SIGNAL = `
exports.handler = (event, context, callback) => {
  const waiting = setInterval(() => {}, 1e6);
  process.once("SIGUSR2", () => {
    clearInterval(waiting);
    callback(null, process.pid);
  });
  console.log("pid", process.pid);
};`;

/** The process of a function, which is in the middle of an invocation that never ends. */
async function looping(heard: HeardRunner, definition: FunctionDefinition) {
  const { pid } = answerOf(await heard.invoke(definition)) as Worked;
  const outcome = heard.invoke(definition, anInvocation({ say: "begun", loop: true }));
  await heard.line(/begun/);
  return { pid, outcome };
}

describe("a process", () => {
  test("is kept for the invocations that follow, and ends with the runner", async () => {
    using folder = new CodeFolder({ "index.js": WORKER });
    const heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    const first = answerOf(await heard.invoke(definition)) as Worked;
    const second = answerOf(await heard.invoke(definition)) as Worked;
    expect(second).toEqual({ pid: first.pid, calls: 2 });
    await heard.runner.close();
    expect(isAlive(first.pid)).toBe(false);
    expect(await heard.invoke(definition)).toEqual({ type: "stopped" });
  });

  test("is one per invocation at a time, and of another function another one", async () => {
    using folder = new CodeFolder({ "index.js": UNTIL_SIGNAL });
    await using heard = new HeardRunner({ mostEnvironments: 2 });
    const [one, other] = ["one", "other"].map((name) => aDefinition(folder.directory(), { name }));
    const invocations = [one!, one!, other!].map((definition) => ({ definition, invocation: anInvocation() }));
    const outcomes = invocations.map(({ definition, invocation }) => heard.invoke(definition, invocation));
    const pids = await Promise.all(
      invocations.map(async ({ invocation }) => {
        const { text } = await heard.line(new RegExp(`${invocation.requestId}\\tINFO\\tpid`));
        return Number(/pid (\d+)$/.exec(text)?.[1]);
      }),
    );
    expect(new Set(pids).size).toBe(3);
    const throttled = { type: "throttled", reason: "ConcurrentInvocationLimitExceeded" };
    expect(await heard.invoke(one!)).toEqual(throttled);
    for (const pid of pids) process.kill(pid, "SIGUSR2");
    expect((await Promise.all(outcomes)).map(answerOf)).toEqual(pids);
  });

  test("is another one for another revision, and the one before ends once it has answered", async () => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    const first = answerOf(await heard.invoke(definition)) as Worked;
    const second = answerOf(await heard.invoke({ ...definition, revisionId: "2" })) as Worked;
    expect(second.pid).not.toBe(first.pid);
  });

  test("is the user's own where the code brings its runtime, or a command is given", async () => {
    const echo = `
api="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime"
exec "${process.execPath}" -e '
  const base = process.argv[1];
  (async () => { for (;;) {
    const next = await fetch(base + "/invocation/next");
    const id = next.headers.get("lambda-runtime-aws-request-id");
    await fetch(base + "/invocation/" + id + "/response", { method: "POST", body: await next.text() });
  } })();' "$api"`;
    using folder = new CodeFolder({});
    folder.write("bootstrap", `#!/bin/sh\n${echo}`, 0o755);
    await using heard = new HeardRunner();
    const provided = aDefinition(folder.directory(), { name: "provided", runtime: "provided.al2023" });
    expect(answerOf(await heard.invoke(provided, anInvocation({ a: 1 })))).toEqual({ a: 1 });
    const command = aDefinition(shell(folder.path, echo), { name: "command", runtime: "java21" });
    expect(answerOf(await heard.invoke(command, anInvocation([2])))).toEqual([2]);
  });

  test("of a runtime nobody has a launcher for is refused in a sentence", async () => {
    await using heard = new HeardRunner();
    const definition = aDefinition({ kind: "directory", directory: "/", isWatched: false }, { runtime: "java21" });
    const error = errorOf(await heard.invoke(definition));
    expect(error).toMatchObject({
      errorType: "Runtime.InvalidRuntime",
      errorMessage: expect.stringContaining("java21"),
    });
  });
});

describe("a process that ends", () => {
  test.for([
    ["by itself", { exit: 0 }, "Runtime exited without providing a reason"],
    ["with a status", { exit: 3 }, "Runtime exited with error: exit status 3"],
    ["by a signal", { signal: "SIGABRT" }, "Runtime exited with error: signal: aborted"],
  ] as const)("%s fails its invocation, and the next one has another", async ([, event, reason]) => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    const invocation = anInvocation(event);
    const outcome = await heard.invoke(definition, invocation);
    expect(errorOf(outcome)).toEqual({
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${invocation.requestId} Error: ${reason}`,
    });
    expect(logOf(outcome)).toContain(`Error: ${reason}\n`);
    expect(heard.lines).toContainEqual({
      level: "warn",
      text: reason,
      function: "worker",
      requestId: invocation.requestId,
    });
    expect(answerOf(await heard.invoke(definition))).toMatchObject({ calls: 1 });
  });

  test.for([
    ["at once", "exit 0", "Runtime.ExitError", "Runtime exited without providing a reason"],
    [
      "for lack of a program",
      "exec /nowhere/at-all",
      "Runtime.ExitError",
      "Runtime exited with error: exit status 127",
    ],
  ] as const)("%s, before it asked for an event, fails whoever waits", async ([, script, errorType, reason]) => {
    await using heard = new HeardRunner();
    const definition = aDefinition(shell("/", script));
    for (let round = 0; round < 2; round++) {
      const error = errorOf(await heard.invoke(definition));
      expect(error).toMatchObject({ errorType, errorMessage: expect.stringContaining(reason) });
    }
  });

  test("in a directory that is not there cannot begin", async () => {
    await using heard = new HeardRunner();
    const error = errorOf(await heard.invoke(aDefinition(shell("/nowhere/at-all", "exit 0"))));
    expect(error).toMatchObject({ errorType: "Runtime.InvalidEntrypoint" });
  });

  test("between two events harms nobody", async () => {
    using folder = new CodeFolder({
      "once.mjs": `
        const base = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
        const event = await fetch(base + "next");
        await event.text();
        const path = event.headers.get("lambda-runtime-aws-request-id") + "/response";
        await fetch(base + path, { method: "POST", body: String(process.pid) });
        process.exit(1);`,
    });
    await using heard = new HeardRunner();
    const command = [process.execPath, "once.mjs"] as const;
    const definition = aDefinition({ kind: "command", command, directory: folder.path, isWatched: false });
    const pids = [];
    for (let round = 0; round < 4; round++) pids.push(answerOf(await heard.invoke(definition)));
    expect(new Set(pids).size).toBe(4);
  });
});

/** Answers by itself, and never asks for another event. */
const SILENT = `
const { request } = require("node:http");
const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
setInterval(() => {}, 1e6);
exports.handler = (event, { awsRequestId }) => new Promise(() => {
  const path = "/2018-06-01/runtime/invocation/" + awsRequestId + "/response";
  request({ hostname, port, path, method: "POST" }).end(JSON.stringify(process.pid));
});`;

/** Real time, but for one alarm that is set between those bounds from now and rings at once. */
class HurriedClock extends SystemClock {
  hurried: { readonly leastMs: number; readonly mostMs: number } | undefined;

  override at(instant: number, callback: () => void): () => void {
    const ms = instant - this.now();
    if (this.hurried === undefined || ms < this.hurried.leastMs || ms > this.hurried.mostMs) {
      return super.at(instant, callback);
    }
    this.hurried = undefined;
    return super.at(this.now(), callback);
  }
}

describe("a process that takes too long", () => {
  test("to ask for another event is ended by the deadline of the last, and the next invocation has another", async () => {
    using folder = new CodeFolder({ "index.js": SILENT });
    const clock = new HurriedClock();
    await using heard = new HeardRunner({ clock });
    const definition = aDefinition(folder.directory(), { timeoutMs: 900_000 });
    const first = answerOf(await heard.invoke(definition)) as number;
    clock.hurried = { leastMs: 650_000, mostMs: 900_000 };
    const second = answerOf(await heard.invoke(definition)) as number;
    expect(second).not.toBe(first);
    expect(heard.lines.map(({ text }) => text)).toContainEqual(
      expect.stringContaining("did not ask for another event"),
    );
    await heard.runner.close();
    expect(isAlive(first)).toBe(false);
  });

  test.for([
    ["sleeps", { hang: true }],
    ["is busy", { loop: true }],
  ] as const)("as it %s is ended, and the next invocation has another", async ([, event]) => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory(), { timeoutMs: 1500 });
    const { pid } = answerOf(await heard.invoke(definition)) as Worked;
    const invocation = anInvocation(event);
    const outcome = await heard.invoke(definition, invocation);
    expect(errorOf(outcome)).toEqual({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after 1.50 seconds`,
    });
    expect(logOf(outcome)).toMatch(
      /^START .*\n(?:.*\n)*\d{4}-\d\d-\d\dT[\d:.]{12}Z \S+ Task timed out after 1\.50 seconds\n\nEND RequestId: .*\nREPORT .*Status: timeout\t\n$/,
    );
    const next = answerOf(await heard.invoke(definition)) as Worked;
    expect(next.pid).not.toBe(pid);
    await heard.runner.close();
    expect(isAlive(pid)).toBe(false);
  });

  test("is ended when whoever waits for it gives up", async () => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    const giveUp = new AbortController();
    const outcome = heard.invoke(definition, anInvocation({ say: "begun", hang: true }), giveUp.signal);
    await heard.line(/begun/);
    giveUp.abort();
    expect(await outcome).toEqual({ type: "stopped" });
    expect(await heard.invoke(definition, anInvocation(), giveUp.signal)).toEqual({ type: "stopped" });
  });

  test("is ended at once when its function is abandoned, even if it does not want to", async () => {
    using folder = new CodeFolder({ "index.js": UNWILLING });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    const { pid, outcome } = await looping(heard, definition);
    heard.runner.abandon(definition.arn);
    expect(await outcome).toEqual({ type: "stopped" });
    await heard.runner.close();
    expect(isAlive(pid)).toBe(false);
    heard.runner.abandon("arn:aws:lambda:eu-west-1:111111111111:function:unknown");
  });

  test("is ended with the runner, even if it does not want to", async () => {
    using folder = new CodeFolder({ "index.js": UNWILLING });
    await using heard = new HeardRunner();
    const { pid, outcome } = await looping(heard, aDefinition(folder.directory()));
    await heard.runner.close();
    expect(await outcome).toEqual({ type: "stopped" });
    expect(isAlive(pid)).toBe(false);
  });

  test("has those end with it that it started", async () => {
    using folder = new CodeFolder({
      "index.js": `exports.handler = async () => require("node:child_process").spawn("/bin/sh", ["-c", "while :; do read -r x < /dev/zero; done"], { stdio: "inherit" }).pid`,
    });
    await using heard = new HeardRunner();
    const child = answerOf(await heard.invoke(aDefinition(folder.directory()))) as number;
    expect(isAlive(child)).toBe(true);
    await heard.runner.close();
    expect(isAlive(child)).toBe(false);
  });
});

describe("an answer and a log", () => {
  test("that is too large fails, and the process goes on", async () => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory());
    expect(errorOf(await heard.invoke(definition, anInvocation({ large: 6_291_555 })))).toEqual({
      errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
      errorType: "Function.ResponseSizeTooLarge",
    });
    expect(answerOf(await heard.invoke(definition, anInvocation({ large: 6_291_554 })))).toHaveLength(6_291_554);
    expect(answerOf(await heard.invoke(definition))).toMatchObject({ calls: 1 });
  });

  test("that never ends is cut, and its last 4 KB are kept", async () => {
    using folder = new CodeFolder({ "index.js": WORKER });
    await using heard = new HeardRunner();
    const outcome = await heard.invoke(aDefinition(folder.directory()), anInvocation({ flood: 20_000 }));
    expect(Buffer.byteLength(logOf(outcome))).toBeLessThanOrEqual(4096);
    expect(logOf(outcome)).toMatch(/END RequestId: \S+\nREPORT /);
    expect(heard.lines).toHaveLength(5_001);
    expect(heard.lines.at(-1)?.text).toBe("(what the function writes from here on is left out)");
  });
});

describe("code that changes", () => {
  test("is run by a new process, once the invocation under way has ended", async () => {
    using folder = new CodeFolder({ "index.js": UNTIL_SIGNAL });
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory(true));
    const underWay = heard.invoke(definition);
    const pid = Number(/pid (\d+)$/.exec((await heard.line(/pid/)).text)?.[1]);
    folder.write("index.js", "exports.handler = async () => 'new'");
    await heard.line(/The code has changed/);
    expect(answerOf(await heard.invoke(definition))).toBe("new");
    process.kill(pid, "SIGUSR2");
    expect(answerOf(await underWay)).toBe(pid);
  });

  test("is seen in new folders as well, and what nobody edits is not looked at", async () => {
    const code = "exports.handler = async ({ first }) => first ? 'old' : require('./lib/a.js')";
    using folder = new CodeFolder({ "index.js": code });
    mkdirSync(join(folder.path, "node_modules"));
    await using heard = new HeardRunner();
    const definition = aDefinition(folder.directory(true));
    expect(answerOf(await heard.invoke(definition, anInvocation({ first: true })))).toBe("old");
    folder.write("node_modules/x.js", "");
    folder.write("__pycache__/x.pyc", "");
    folder.write("lib/a.js", "module.exports = 'new'");
    await heard.line(/The code has changed/);
    expect(answerOf(await heard.invoke(definition))).toBe("new");
    heard.lines.length = 0;
    folder.write("lib/a.js", "module.exports = 'newer'");
    await heard.line(/The code has changed/);
    expect(answerOf(await heard.invoke(definition))).toBe("newer");
  });
});
