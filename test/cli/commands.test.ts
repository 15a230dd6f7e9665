import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { FunctionCaller } from "../support/lambda-server.ts";
import { aLook } from "../support/looking.ts";
import { CodeFolder } from "../support/runtime.ts";
import { begin, command } from "./command-line.ts";

/** A server, and commands on it. */
async function aServer() {
  const server = await aLook();
  const { endpoint } = server.emulator;
  const run = (argv: string, surroundings?: Parameters<typeof command>[2]) =>
    command(endpoint, wordsOf(argv), surroundings);
  return {
    ...server,
    endpoint,
    run,
    json: async (argv: string) => JSON.parse((await run(`${argv} --json`)).stdout),
    begin: (argv: string, surroundings?: Parameters<typeof command>[2]) => begin(endpoint, wordsOf(argv), surroundings),
    [Symbol.asyncDispose]: () => server.emulator.close(),
  };
}

/** As a shell has it: blanks part words, quotes keep them. */
function wordsOf(argv: string): string[] {
  return (argv.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'|'$/g, ""));
}

/** What styles are written as. */
const STYLE = new RegExp(`${String.fromCharCode(27)}\\[(?:\\d+m|K)|\\r`, "g");

/** A table without what differs from run to run. */
const still = (text: string): string =>
  text.replace(/[\da-f]{8}-[\da-f-]{27}/g, "<id>").replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");

async function someThings(server: Awaited<ReturnType<typeof aServer>>) {
  await server.queue("orders");
  await server.queue("jobs", {}, { account: "111111111111", region: "eu-west-1" });
  await server.sns("TopicArn", { Action: "CreateTopic", Name: "news" });
  await server.kinesis("CreateStream", { StreamName: "clicks", ShardCount: 1 });
}

describe("env", () => {
  test("prints what a shell takes up, of the account and region that are said", async () => {
    await using server = await aServer();
    const { exitCode, stdout } = await server.run("env --account 111111111111 --region eu-west-1");
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split("\n")).toEqual([
      `export AWS_ENDPOINT_URL=${server.endpoint}`,
      "export AWS_ACCESS_KEY_ID=111111111111",
      "export AWS_SECRET_ACCESS_KEY=test",
      "export AWS_DEFAULT_REGION=eu-west-1",
      "export AWS_REGION=eu-west-1",
    ]);
    expect(await server.json("env --mixed")).toMatchObject({
      AWS_ENDPOINT_URL_SQS: server.endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_REGION: "us-east-1",
    });
    const environment = { HTTP_PROXY: "http://127.0.0.1:9" };
    expect((await server.run("env", { environment })).stdout).toContain("\nexport NO_PROXY=127.0.0.1\n");
  });
});

describe("ls", () => {
  test("lists what there is in tables", async () => {
    await using server = await aServer();
    expect(await server.run("ls")).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "There is nothing yet.\n",
    });
    await someThings(server);
    await server.run("send orders a");
    expect((await server.run("ls")).stdout).toMatchInlineSnapshot(`
      "QUEUE   VISIBLE  IN FLIGHT  DELAYED  OLDEST  ACCOUNT       REGION
      orders        1          0        0  0s      000000000000  us-east-1
      jobs          0          0        0  -       111111111111  eu-west-1

      TOPIC  SUBSCRIPTIONS  PENDING  ACCOUNT       REGION
      news               0        0  000000000000  us-east-1

      STREAM  STATUS  SHARDS  RECORDS  CONSUMERS  ACCOUNT       REGION
      clicks  ACTIVE       1        0          0  000000000000  us-east-1
      "
    `);
    expect((await server.run("ls topics --region eu-west-1")).stderr).toBe("There are no topics.\n");
    const { queues } = await server.json("ls queues --account 111111111111");
    expect(queues).toMatchObject([{ name: "jobs", region: "eu-west-1", visible: 0 }]);
  });

  test("lists functions with what they run on", async () => {
    await using server = await aServer();
    await new FunctionCaller(server.emulator).create("");
    expect((await server.run("ls functions")).stdout).toMatchInlineSnapshot(`
      "FUNCTION  RUNTIME     HANDLER        VERSIONS  EVENT SOURCES  ACCOUNT       REGION
      f         nodejs22.x  index.handler         0              0  000000000000  us-east-1
      "
    `);
  });
});

describe("messages", () => {
  test("are sent with attributes, and looked at without being received", async () => {
    await using server = await aServer();
    const QueueUrl = await server.queue("orders.fifo", { FifoQueue: "true" });
    const sent = await server.run(
      "send orders.fifo '{\"order\": 7}' --group a --deduplication-id b --attribute n:Number=3",
    );
    expect(sent).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^[\da-f-]{36}\n$/) });
    expect(still((await server.run("peek orders.fifo")).stdout)).toMatchInlineSnapshot(`
      "STATE    MESSAGE                               SENT                      RECEIVES  GROUP  BODY
      visible  <id>  <time>         0  a      {"order": 7}
      "
    `);
    const [message] = await server.json("peek orders.fifo --state visible");
    expect(message).toMatchObject({ receiveCount: 0, group: "a", attributes: { n: { type: "Number", value: "3" } } });
    const { Messages } = await server.sqs("ReceiveMessage", { QueueUrl });
    expect(Messages).toMatchObject([{ Body: '{"order": 7}' }]);
    expect(await server.run("peek orders.fifo --state visible")).toMatchObject({
      stdout: "",
      stderr: "orders.fifo holds no such message.\n",
    });
  });

  test.for([
    ["send orders -", ""],
    ["send orders", ""],
  ] as const)("are what is piped: %s", async ([argv]) => {
    await using server = await aServer();
    await server.queue("orders");
    expect(await server.run(argv, { input: "from\nelsewhere" })).toMatchObject({ exitCode: 0 });
    expect(await server.json("peek orders")).toMatchObject([{ body: "from\nelsewhere" }]);
  });

  test("are published, and records put", async () => {
    await using server = await aServer();
    await someThings(server);
    await server.run("publish news hello --attribute type=greeting --subject 'Good morning'");
    expect((await server.json("history news --kind published")).length).toBe(1);
    const put = await server.run("put clicks - --key user", { input: Buffer.from([0xff, 0x00]) });
    expect(put.stdout).toMatch(/^shardId-000000000000 \d+\n$/);
    expect(await server.json("peek clicks")).toMatchObject([
      { partitionKey: "user", data: "/wA=", encoding: "base64" },
    ]);
    expect((await server.run("peek news")).stderr).toBe("news has no subscription.\n");
  });

  test("are refused with AWS's error", async () => {
    await using server = await aServer();
    await server.queue("orders.fifo", { FifoQueue: "true" });
    expect(await server.run("send orders.fifo a")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "waystation: MissingRequiredParameterException: The request must contain the parameter MessageGroupId.\n",
    });
  });

  test("go where a name is: to another account and region if they are said", async () => {
    await using server = await aServer();
    await someThings(server);
    const environment = { AWS_REGION: "us-east-1" };
    expect((await server.run("send jobs a", { environment })).stderr).toContain(
      "there is one in 111111111111/eu-west-1",
    );
    expect(await server.run("send jobs a")).toMatchObject({ exitCode: 0 });
    expect(await server.run("send jobs a --region eu-west-1", { environment })).toMatchObject({ exitCode: 0 });
    const url = "http://localhost/111111111111/jobs";
    expect(await server.run(`send ${url} a`, { environment })).toMatchObject({ exitCode: 0 });
    expect(await server.json("peek jobs")).toHaveLength(3);
    await server.queue("news");
    expect((await server.run("peek news")).stderr).toBe(
      'waystation: "news" is a queue and a topic; say which with --as\n',
    );
    expect((await server.run("peek news --as topic")).exitCode).toBe(0);
    expect((await server.run("peek nothing")).stderr).toBe(
      'waystation: There is no queue, topic or stream "nothing".\n',
    );
    expect((await server.run("peek nothing", { environment })).stderr).toBe(
      'waystation: There is no queue, topic or stream "nothing" in us-east-1.\n',
    );
    expect((await server.run("peek order", { environment })).stderr).toBe(
      'waystation: There is no queue "order" in us-east-1; did you mean orders?\n',
    );
  });

  test("never reach a terminal as it would obey them", async () => {
    await using server = await aServer();
    await server.queue("orders");
    const body = "\u009b31mred\u007f\u202e\r\n"; // as SQS takes it: it refuses ESC
    const tail = server.begin("tail orders --count 1", { columns: 200 });
    await tail.stderr.until("Following");
    await server.run("send orders -", { input: body });
    await tail.ended;
    await server.run("send orders -", { input: "\u0085\u009b31m\u202e\u2066" });
    const shown = [
      tail.stdout.text,
      (await server.run("peek orders")).stdout,
      (await server.run("peek orders --json")).stdout,
      (await server.run("send 'or\u001b[31m' a")).stderr,
    ];
    for (const text of shown) {
      // Styles are the command's own: what is left has no control but the end of a line.
      expect(text.replaceAll(STYLE, "")).not.toMatch(/(?!\n)[\p{Cc}\u202e\u2066]/u);
    }
    expect(shown[1]).toContain("\\u009b31m");
  });
});

describe("tail", () => {
  test("follows what happens without taking anything, until so much has", async () => {
    await using server = await aServer();
    await someThings(server);
    const { stdout, stderr, ended } = server.begin("tail orders --count 2");
    await stderr.until("Following orders; Ctrl+C ends it.\n");
    await server.run("send jobs other");
    await server.run("send orders hello");
    await stdout.until("hello");
    await server.sqs("ReceiveMessage", { QueueUrl: `${server.endpoint}/000000000000/orders` });
    expect(await ended).toBe(0);
    expect(still(stdout.text)).toMatchInlineSnapshot(`
      "<time>  sent              Message <id> was sent to orders.  hello
      <time>  received          Message <id> was received from orders, in flight until <time>.  hello
      "
    `);
  });

  test("ends with 1 when the server does", async () => {
    await using server = await aServer();
    const { stderr, ended } = server.begin("tail");
    await stderr.until("Following everything");
    await server.emulator.close();
    expect(await ended).toBe(1);
    expect(stderr.text).toContain("The server has ended it.");
  });

  test("ends well when nobody reads any more", async () => {
    await using server = await aServer();
    await server.queue("orders");
    const { stdout, stderr, ended } = server.begin("tail orders");
    await stderr.until("Following");
    stdout.destroy(new Error("EPIPE"));
    expect(await ended).toBe(0);
  });
});

describe("time", () => {
  test("is told and moved", async () => {
    await using server = await aServer();
    await server.run("clock set 2050-01-01T00:00:00Z");
    expect((await server.run("clock")).stdout).toBe("2050-01-01T00:00:00.000Z  frozen\n");
    expect((await server.run("clock advance 5m")).stdout).toBe("2050-01-01T00:05:00.000Z  frozen\n");
    await server.queue("orders");
    await server.run("send orders a --delay 30");
    expect(still((await server.run("clock due --limit 1")).stdout)).toMatchInlineSnapshot(`
      "DUE                       ACCOUNT       WHAT
      <time>  000000000000  the delay of message <id> in queue orders ends
      "
    `);
    expect(await server.json("clock next")).toMatchObject({ time: "2050-01-01T00:05:30.000Z" });
    expect(await server.json("clock resume")).toMatchObject({ isFrozen: false });
  });

  test.for([
    [
      "clock advanse 5m",
      'clock takes show, advance, freeze, resume, set, next, due, not "advanse"; did you mean advance?',
    ],
    ["clock advance", "clock advance takes how far, such as 30s, 5m or 1h30m"],
    ["clock freeze now", '"now" is more than clock freeze takes'],
    ["clock advance soon", "A duration is a text such as 30s, 5m"],
  ])("is not moved by %s", async ([argv = "", complaint]) => {
    await using server = await aServer();
    expect(await server.run(argv)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(complaint!) });
  });
});

describe("waiting", () => {
  test("ends with 0 when it holds, and with 1 and the sentence when it does not", async () => {
    await using server = await aServer();
    await server.queue("orders");
    expect(await server.run("wait empty orders")).toMatchObject({ exitCode: 0 });
    await server.run("send orders a --delay 60");
    expect(await server.run("wait visible orders --count 2 --within 5m")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "waystation: 1 of 2: orders holds 1 visible message, 0 in flight and 0 delayed.\n",
    });
    const { exitCode, stdout } = await server.run("wait empty orders --timeout 0 --json");
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([1, { holds: false, count: 1 }]);
    expect(await server.run('wait message orders --match \'{"body": "a"}\'')).toMatchObject({ exitCode: 0 });
    expect(await server.run("expect-none orders --contains zzz --within 1m")).toMatchObject({ exitCode: 0 });
    expect(await server.run("wait emty orders")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("until is one of"),
    });
  });

  test("is shown on a terminal alone", async () => {
    await using server = await aServer();
    await server.queue("orders");
    const { stderr } = await server.run("wait empty orders", { columns: 80 });
    expect(stderr).toBe("\r\u001b[KWaiting …\r\u001b[K");
  });
});

describe("what happened", () => {
  test("is explained, listed and counted", async () => {
    await using server = await aServer();
    await server.queue("orders");
    const id = (await server.run("send orders a")).stdout.trim();
    expect((await server.run(`explain ${id}`)).stdout).toMatch(/^Visible in orders since/);
    expect((await server.json(`explain ${id}`)).state).toBe("visible");
    expect(still((await server.run("history orders --kind sent")).stdout)).toMatchInlineSnapshot(`
      "WHEN                      WHAT  HOW
      <time>  sent  Message <id> was sent to orders.
      "
    `);
    expect((await server.run("calls --operation SendMessage")).stdout).toContain("SendMessage");
    expect((await server.run("history on --inputs")).stderr).toBe("What happens is recorded.\n");
    await server.run("send orders b");
    expect(await server.json("calls --operation SendMessage --limit 1")).toMatchObject([
      { input: { MessageBody: "b" } },
    ]);
    expect((await server.run("report")).exitCode).toBe(0);
    expect((await server.run("history off")).stderr).toBe("What happens is recorded no more.\n");
    expect(await server.run("history")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("history is off"),
    });
    expect(await server.run("explain 00000000-0000-4000-8000-000000000000")).toMatchObject({ exitCode: 1 });
  });

  test("can go wrong on purpose", async () => {
    await using server = await aServer();
    await server.queue("orders");
    expect((await server.run("faults")).stderr).toBe("Nothing goes wrong on purpose.\n");
    expect(
      (await server.run("faults add throttle id=slow service=sqs operation=SendMessage times=1")).stdout,
    ).toMatchInlineSnapshot(`
      "FAULT  EFFECT    SERVICE  OPERATION    RESOURCE  MATCHED  FIRED
      slow   throttle  sqs      SendMessage  -               0      0
      "
    `);
    expect((await server.run("send orders a")).exitCode).toBe(1);
    expect(await server.json("faults remove slow")).toMatchObject([{ id: "slow", fired: 1 }]);
    expect((await server.run("faults add")).exitCode).toBe(2);
    expect((await server.run("faults ad throttle")).stderr).toContain("did you mean add?");
  });
});

test("what a file declares is compared, applied and written", async () => {
  await using server = await aServer();
  const folder = mkdtempSync(join(tmpdir(), "waystation-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "waystation.yaml");
  writeFileSync(file, "queues:\n  jobs: { VisibilityTimeout: 60 }\n");
  expect(await server.run(`diff ${file}`)).toMatchObject({
    exitCode: 1,
    stdout: expect.stringMatching(/created +queue +jobs/),
  });
  expect((await server.run(`apply ${file} --dry-run`)).exitCode).toBe(0);
  expect(await server.json("ls queues")).toEqual({ queues: [] });
  expect(await server.run(`apply ${file}`)).toMatchObject({ exitCode: 0, stderr: "1 to change, 0 as declared.\n" });
  expect(await server.run(`diff ${file}`)).toMatchObject({ exitCode: 0, stdout: "" });
  const written = await server.run("export");
  expect(written.stdout).toContain("VisibilityTimeout: 60");
  expect(await server.run("diff -", { input: written.stdout })).toMatchObject({ exitCode: 0 });
  expect(JSON.parse((await server.run("export --json")).stdout)).toMatchObject({ queues: {} });
  writeFileSync(file, "queues:\n  a: { DelaySecond: 1 }");
  expect(await server.run(`apply ${file}`)).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: `waystation: ${file}:2:8: there is no DelaySecond here; did you mean DelaySeconds?\n`,
  });
});

test("code of functions starts at the folder of the file, or where the command is run", async () => {
  await using server = await aServer();
  using folder = new CodeFolder({
    "waystation.yaml": "functions:\n  beside: { directory: ./code, handler: index.handler }\n",
    "code/index.js": "exports.handler = async () => {};",
  });
  const file = relative(process.cwd(), join(folder.path, "waystation.yaml"));
  expect(await server.run(`diff ${file}`)).toMatchObject({
    exitCode: 1,
    stderr: expect.not.stringMatching(/waystation:/),
  });
  expect(await server.run(`apply ${file}`)).toMatchObject({ exitCode: 0, stderr: "1 to change, 0 as declared.\n" });
  const piped = "functions: { here: { command: [node, main.js], directory: ./src } }";
  expect(await server.run("apply -", { input: piped })).toMatchObject({ exitCode: 0 });
  expect(await server.json("ls functions")).toMatchObject({
    functions: [{ code: { location: join(folder.path, "code") } }, { code: { location: resolve("src") } }],
  });
});

test("what there is can be kept, brought back, copied and forgotten", async () => {
  await using server = await aServer();
  const folder = mkdtempSync(join(tmpdir(), "waystation-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "full.jsonl");
  await server.queue("orders");
  await server.run("send orders a");
  expect((await server.run(`snapshot save ${file}`)).stderr).toBe(`Kept in ${file}, without secrets.\n`);
  expect(readFileSync(file, "utf8")).toContain('{"waystation":1');
  await server.run("snapshot keep full");
  expect((await server.run("reset")).stderr).toBe("Everything is forgotten.\n");
  expect(await server.json("ls queues")).toEqual({ queues: [] });
  expect(await server.run(`snapshot load ${file}`)).toMatchObject({ exitCode: 0 });
  expect(await server.json("peek orders")).toMatchObject([{ body: "a" }]);
  expect(await server.run("fork 000000000000 222222222222")).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("222222222222 has"),
  });
  expect(await server.json("peek orders --account 222222222222")).toHaveLength(1);
  expect(await server.json("snapshot")).toMatchObject([{ name: "full" }]);
  expect((await server.run("snapshot restore ful")).exitCode).toBe(1);
  expect((await server.run("snapshot delete full")).exitCode).toBe(0);
  expect((await server.run(`snapshot load ${folder}/none`)).stderr).toContain("cannot be read (ENOENT)");
});

describe("a server that is none", () => {
  test("is said in one sentence, with what to do", async () => {
    expect(await command("http://127.0.0.1:1", ["ls"])).toEqual({
      exitCode: 1,
      stdout: "",
      stderr:
        "waystation: no Waystation answers at http://127.0.0.1:1 (ECONNREFUSED). Start one with `npx waystation`, or say where it is with --endpoint or WAYSTATION_ENDPOINT.\n",
    });
  });

  test.for(["nowhere", "ftp://127.0.0.1"])("is no URL: %s", async (endpoint) => {
    expect(await command(endpoint, ["ls"])).toMatchObject({
      exitCode: 2,
      stderr: `waystation: WAYSTATION_ENDPOINT must be a URL such as http://127.0.0.1:4566, not "${endpoint}"\n`,
    });
  });

  test("is another program", async () => {
    const other = createServer((_, response) => response.writeHead(404, { "content-type": "text/html" }).end("<p>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const endpoint = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
    for (const argv of ["ls", "tail", "send orders a"]) {
      expect((await command(endpoint, argv.split(" "))).stderr).toBe(
        `waystation: what answers at ${endpoint} is no Waystation, or an older one (status 404)\n`,
      );
    }
  });
});
