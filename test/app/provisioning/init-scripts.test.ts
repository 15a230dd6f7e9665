import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { createEmulator, type EmulatorOptions, startEmulator } from "../../../src/app/emulator.ts";
import { BuiltCli } from "../../support/built-cli.ts";

let folder: string;
let lines: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "waystation-scripts-"));
  lines = [];
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  vi.unstubAllEnvs();
});

/** A script of a stage, in the language of this test. */
function script(name: string, code: string): void {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!${process.execPath}\n${code}`, { mode: 0o755 });
}

function start(options: EmulatorOptions = {}) {
  const logger = {
    isEnabled: () => true,
    log: (_level: string, { script: path }: Readonly<Record<string, unknown>>, text: string) => {
      if (path !== undefined) lines.push(text);
    },
  };
  return startEmulator({ initDir: [folder], logger, ...options }, { runsScriptsUntil: new AbortController().signal });
}

const ask = (path: string) =>
  `fetch(process.env.AWS_ENDPOINT_URL + "${path}").then(async (r) => console.log(r.status, (await r.text()).slice(0, 500)));`;

describe("scripts for the start", () => {
  test("run before and after what is declared is made, and the server is not well until they have", async () => {
    const list = ask("/?Action=ListQueues&Version=2012-11-05");
    script("boot.d/a.sh", list);
    script("ready.d/a.sh", list);
    script("ready.d/b.sh", ask("/_waystation/health"));
    script("ready.d/c.sh", ask("/?Action=CreateQueue&QueueName=made&Version=2012-11-05"));
    await using emulator = await start({ queues: ["declared"] });
    expect(lines[0]).not.toContain("declared");
    expect(lines[1]).toContain("declared");
    expect(lines[2]).toContain("503");
    expect(lines[2]).toContain("starting");
    const queues = await fetch(`${emulator.endpoint}/?Action=ListQueues&Version=2012-11-05`);
    expect(await queues.text()).toContain("/000000000000/made");
    expect(await fetch(`${emulator.endpoint}/_waystation/health`)).toMatchObject({ status: 200 });
  });

  test("come to this server, whatever the environment says of others", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", "https://sqs.example");
    vi.stubEnv("AWS_PROFILE", "production");
    vi.stubEnv("AWS_SESSION_TOKEN", "real");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "real");
    vi.stubEnv("OTHER", "kept");
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");
    vi.stubEnv("NO_PROXY", "intranet");
    script(
      "ready.d/a.sh",
      'for (const [k, v] of Object.entries(process.env)) if (/^AWS_(?!CA_BUNDLE)|^OTHER$|^NO_PROXY$/.test(k)) console.log(k + "=" + v);',
    );
    await using emulator = await start({ region: "eu-west-1", tls: "self-signed" });
    expect(lines.toSorted()).toEqual([
      "AWS_ACCESS_KEY_ID=test",
      "AWS_DEFAULT_REGION=eu-west-1",
      `AWS_ENDPOINT_URL=http://127.0.0.1:${emulator.port}`,
      "AWS_REGION=eu-west-1",
      "AWS_SECRET_ACCESS_KEY=test",
      "NO_PROXY=intranet,127.0.0.1",
      "OTHER=kept",
    ]);
  });

  test("are not for programs, and folders have to be there", async () => {
    await expect(createEmulator({ initDir: [folder] })).rejects.toThrow("initDir is for the command line");
    const none = join(folder, "none");
    await expect(start({ initDir: [none] })).rejects.toThrow(`--init-dir: there is no folder ${none}`);
  });
});

test("the state of scripts is told as LocalStack tells it, under way and afterwards", async () => {
  script("start.d/a.sh", "process.exit(1);");
  script("ready.d/1/b.sh", `${ask("/_localstack/init")}${ask("/_localstack/health")}`);
  await using emulator = await start();
  const begun = { completed: { BOOT: true, START: true, READY: false, SHUTDOWN: false } };
  const failed = { stage: "START", name: "a.sh", state: "ERROR" };
  const ready = { stage: "READY", name: "b.sh" };
  const under = lines.find((line) => line.includes("completed"))?.slice("200 ".length) ?? "";
  expect(JSON.parse(under)).toEqual({ ...begun, scripts: [failed, { ...ready, state: "RUNNING" }] });
  expect(lines.find((line) => line.includes("edition"))).toContain('"sqs": "running"');
  const state = async (path: string) => (await fetch(`${emulator.endpoint}/_localstack/init${path}`)).json();
  const done = [failed, { ...ready, state: "SUCCESSFUL" }];
  expect(await state("")).toEqual({ completed: { ...begun.completed, READY: true }, scripts: done });
  expect(await state("/ready")).toEqual({ completed: true, scripts: [done[1]] });
  expect(await state("/shutdown")).toEqual({ completed: false, scripts: [] });
});

test("scripts for the end run while the server still answers", async () => {
  script("shutdown.d/a.sh", ask("/?Action=ListQueues&Version=2012-11-05"));
  const emulator = await start({ queues: ["jobs"] });
  expect(lines).toEqual([]);
  await emulator.close();
  expect(lines[0]).toContain("200");
  expect(lines.join()).toContain("/jobs");
});

describe("no script outlives the server:", () => {
  let cli: BuiltCli;
  beforeAll(() => {
    cli = new BuiltCli();
  });
  afterAll(() => cli[Symbol.dispose]());

  test.for([
    ["SIGTERM", { exitCode: 0, signal: null }],
    ["SIGKILL", { exitCode: null, signal: "SIGKILL" }],
  ] as const)("%s", async ([signal, ending]) => {
    const listener = createServer();
    await once(listener.listen(0, "127.0.0.1"), "listening");
    const { port } = listener.address() as { readonly port: number };
    script("ready.d/a.sh", `require("node:net").connect(${port}, "127.0.0.1");`);
    script("ready.d/b.sh", 'console.log("next");');
    using server = cli.run(["--port", "0", "--init-dir", folder], { TMPDIR: folder });
    const [socket] = (await once(listener, "connection")) as [Socket];
    socket.on("error", () => {}).resume();
    const closed = once(socket, "close");
    server.kill(signal);
    const { stdout, stderr, ...ended } = await server.end();
    await closed;
    listener.close();
    expect(ended).toEqual(ending);
    expect(stdout).toBe("");
    expect(stderr).not.toContain("next");
  });
});
