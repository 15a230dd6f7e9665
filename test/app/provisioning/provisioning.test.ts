import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator, type Emulator, startEmulator } from "../../../src/app/emulator.ts";
import { Interceptors } from "../../../src/server/intercept.ts";
import { CodeFolder } from "../../support/runtime.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "waystation-config-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function ask({ endpoint }: Emulator, path: string, init: RequestInit = {}) {
  const response = await fetch(`${endpoint}/_waystation/${path}`, init);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json");
  return { status: response.status, answer: isJson ? JSON.parse(text) : text };
}

const apply = (emulator: Emulator, body: string, query = "") =>
  ask(emulator, `apply${query}`, { method: "POST", body });

async function queuesOf({ endpoint }: Emulator): Promise<readonly string[]> {
  const text = await (await fetch(`${endpoint}/?Action=ListQueues&Version=2012-11-05`)).text();
  return [...text.matchAll(/<QueueUrl>[^<]*\/([^<]*)</g)].map(([, name]) => name!);
}

describe("a server is made as its configuration file says", () => {
  test("settings and all, unless an option says otherwise", async () => {
    const config = file("a.yaml", "settings: { account: 111111111111, region: eu-west-1 }\nqueues: [orders]\n");
    await using emulator = await createEmulator({ config, region: "eu-north-1" });
    const { answer } = await ask(emulator, "queues");
    expect(answer).toMatchObject({ queues: [{ name: "orders", account: "111111111111", region: "eu-north-1" }] });
  });

  test.for([
    ["settings:\n  profil: aws", "bad.yaml:2:3: there is no profil here; did you mean profile?"],
    ["settings:\n  profile: fast", 'bad.yaml:2:3: profile must be one of relaxed, aws, not "fast"'],
    ["queues:\n  a: { VisibilityTimeout: x }", "bad.yaml:2:3: queue a: Invalid value"],
    ["queues: [", "bad.yaml:1:"],
  ] as const)("%j ends the start with one sentence", async ([text, message]) => {
    const config = file("bad.yaml", text);
    await expect(createEmulator({ config })).rejects.toThrow(message);
  });

  test("a file that is not there is named", async () => {
    await expect(createEmulator({ config: join(folder, "none.yaml") })).rejects.toThrow("none.yaml cannot be read");
  });

  test("and is not well until all is there", async () => {
    const interceptors = new Interceptors();
    const seen: { status: number; answer: unknown }[] = [];
    const port = await aFreePort();
    interceptors.add(async (_interception, next) => {
      const here = { endpoint: `http://127.0.0.1:${port}` } as Emulator;
      seen.push(await ask(here, "health"));
      return next();
    });
    const config = file("slow.yaml", "queues: [a]\n");
    await using emulator = await startEmulator({ config, port }, { interceptors });
    expect(seen[0]).toMatchObject({ status: 503, answer: { status: "starting" } });
    expect(await ask(emulator, "health")).toMatchObject({ status: 200, answer: { status: "ok" } });
  });
});

/** A port that was free a moment ago. */
async function aFreePort(): Promise<number> {
  await using emulator = await createEmulator();
  return emulator.port;
}

describe("flags declare", () => {
  test("queues, topics, subscriptions and streams", async () => {
    await using emulator = await createEmulator({
      queues: ["orders", "jobs.fifo"],
      topics: ["events"],
      subscriptions: ["events>orders", "news>http://localhost:1/hook"],
      streams: ["clicks:2", "views", "far:1:eu-west-1"],
    });
    const { answer } = await ask(emulator, "export");
    expect(answer).toBe(`queues:
  jobs.fifo: {}
  orders: {}
topics:
  events:
    subscriptions:
      - orders
  news:
    subscriptions:
      - http://localhost:1/hook
streams:
  clicks:
    ShardCount: 2
  views:
    ShardCount: 1
regions:
  eu-west-1:
    streams:
      far:
        ShardCount: 1
`);
  });

  test("and what cannot be is told with the flag", async () => {
    await expect(createEmulator({ streams: ["clicks:0"] })).rejects.toThrow(/^--streams: stream clicks: /);
    await expect(createEmulator({ queues: ["a b"] })).rejects.toThrow(
      'queues must be names of queues, separated by commas, not "a b"',
    );
  });
});

describe("POST /_waystation/apply", () => {
  test("applies YAML and JSON as they stand, says what changed, and does nothing the second time", async () => {
    await using emulator = await createEmulator();
    const first = await apply(emulator, "settings: { profile: aws }\nqueues:\n  jobs: { VisibilityTimeout: 60 }\n");
    expect(first).toEqual({
      status: 200,
      answer: {
        dryRun: false,
        changes: [
          { action: "created", type: "queue", name: "jobs", account: "000000000000", region: "us-east-1", details: [] },
        ],
        unchanged: 0,
        notes: ["Settings are read when the server starts; these were left out."],
      },
    });
    const json = JSON.stringify({ queues: { jobs: { VisibilityTimeout: 90 } } });
    expect((await apply(emulator, json)).answer.changes).toMatchObject([{ details: ["VisibilityTimeout: 60 → 90"] }]);
    expect((await apply(emulator, json)).answer).toMatchObject({ changes: [], unchanged: 1 });
  });

  test("tells only, when it is a dry run", async () => {
    await using emulator = await createEmulator();
    const { answer } = await apply(emulator, "queues: [jobs]", "?dryRun=true");
    expect(answer).toMatchObject({ dryRun: true, changes: [{ action: "created", name: "jobs" }] });
    expect(await queuesOf(emulator)).toEqual([]);
  });

  test.for([
    ["queues:\n  a: { DelaySecond: 1 }", "document:2:8: there is no DelaySecond here; did you mean DelaySeconds?"],
    ["queues: [a]\ntopics: { 'b c': }", "document:2:11: topic b c: "],
    ["{", "document:1:"],
    ["hello", "the document must have members"],
    [`# ${"x".repeat(70_000)}`, "YAML of more than 65536 characters is taken as JSON only."],
  ] as const)("%j is refused, and nothing is left of it", async ([body, message]) => {
    await using emulator = await createEmulator();
    const { status, answer } = await apply(emulator, body);
    expect([status, answer.message]).toEqual([400, expect.stringContaining(message)]);
    expect(await queuesOf(emulator)).toEqual([]);
  });

  test("several at once are applied one after the other", async () => {
    await using emulator = await createEmulator();
    const answers = await Promise.all([1, 2, 3].map(() => apply(emulator, "queues: [a, b]")));
    expect(answers.map(({ answer }) => answer.changes.length).sort()).toEqual([0, 0, 2]);
  });

  test("code starts at the folder that is given", async () => {
    using code = new CodeFolder({ "code/index.js": "exports.handler = async () => {};" });
    const document = `functions:
  beside: { directory: ./code, handler: index.handler }
  commanded: { command: [node, main.js] }
  placed: { command: [node, main.js], directory: ${code.path}/code }
`;
    await using emulator = await createEmulator();
    const { status } = await apply(emulator, document, `?directory=${encodeURIComponent(code.path)}`);
    expect(status).toBe(200);
    expect((await emulator.functions()).map((one) => [one.name, one.code.location])).toEqual([
      ["beside", `${code.path}/code`],
      ["commanded", code.path],
      ["placed", `${code.path}/code`],
    ]);
  });

  // The directory is there where the server was started.
  test.for([
    [
      "directory: ./src, handler: a.b",
      "",
      "its directory ./src is relative, and the folder of the document is not known",
    ],
    ["command: [node]", "", "its command has no directory, and the folder of the document is not known"],
    ["directory: src, handler: a.b", "?directory=D:%5Capp", "and D:\\app is no path of the server's machine"],
  ] as const)("a function with %s is refused with %j", async ([options, query, complaint]) => {
    await using emulator = await createEmulator();
    const { status, answer } = await apply(emulator, `queues: [a]\nfunctions:\n  worker: { ${options} }\n`, query);
    expect([status, answer.message]).toEqual([400, expect.stringContaining(complaint)]);
    expect(answer.message).toMatch(
      /^document:3:\d+: the function worker: .*; have the directory be absolute, or give /,
    );
    expect(await queuesOf(emulator)).toEqual([]);
  });

  test.for(["", ".", "code", "./code", "C:code"])(
    "the folder %j is refused, as it is not absolute",
    async (directory) => {
      await using emulator = await createEmulator();
      const { status, answer } = await apply(emulator, "queues: [a]", `?directory=${directory}`);
      expect([status, answer.message]).toEqual([400, expect.stringContaining("is the absolute path of the folder")]);
      expect(await queuesOf(emulator)).toEqual([]);
    },
  );

  test("a stream that is waited for on a clock that stands still is refused", async () => {
    await using emulator = await createEmulator({ profile: "aws" });
    emulator.clock().freeze();
    const { status, answer } = await apply(emulator, "streams: { a: { RetentionPeriodHours: 48 } }");
    expect([status, answer.message]).toEqual([400, expect.stringContaining("stands still")]);
  });
});

test("GET /_waystation/export writes YAML or JSON, of one account or all", async () => {
  await using emulator = await createEmulator();
  await apply(emulator, 'queues: [a]\naccounts: { "111111111111": { queues: [b] } }');
  expect((await ask(emulator, "export")).answer).toBe(
    'queues:\n  a: {}\naccounts:\n  "111111111111":\n    queues:\n      b: {}\n',
  );
  const { answer } = await ask(emulator, "export?format=json&account=000000000000");
  expect(JSON.parse(answer)).toEqual({ queues: { a: {} } });
});

test("a folder that is to be imported is refused with what to give instead", async () => {
  const folder = mkdtempSync(join(tmpdir(), "waystation-import-"));
  try {
    await expect(createEmulator({ import: folder })).rejects.toThrow(`${folder} is a folder; --import takes a file`);
    writeFileSync(join(folder, "manifest.json"), "{}");
    await expect(createEmulator({ import: folder })).rejects.toThrow(`--template ${folder} has it be stacks`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
