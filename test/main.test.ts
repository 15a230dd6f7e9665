import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { BuiltCli } from "./support/built-cli.ts";
import { RawConnection } from "./support/raw-connection.ts";

let cli: BuiltCli;
beforeAll(() => {
  cli = new BuiltCli();
});
afterAll(() => cli[Symbol.dispose]());

/** The port that the server says it is ready at. */
async function portOf({ stdout }: ReturnType<BuiltCli["run"]>): Promise<number> {
  const text = await stdout.until("\n");
  return Number(/^Waystation is ready at http:\/\/127\.0\.0\.1:(\d+)\n/.exec(text)?.[1]);
}

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

describe("waystation", () => {
  test("shows the endpoint and the variables that lead clients there", async () => {
    using server = cli.run(["--port", "0", "--region", "eu-west-1"]);
    const port = await portOf(server);
    server.kill("SIGTERM");
    const { stdout } = await server.end();
    const exported = [...stdout.matchAll(/^ {2}export (\w+)=(\S*)$/gm)].map(([, name, value]) => [name, value]);
    expect(Object.fromEntries(exported)).toEqual({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_REGION: "eu-west-1",
    });
    expect(stdout).toContain(` AWS_ENDPOINT_URL_SNS=http://127.0.0.1:${port} `);
    expect(stdout).toMatch(/^Ready\.$/m);
  });

  test("reads its settings from the environment, and from flags first", async () => {
    using server = cli.run(["start", "--account", "111111111111"], {
      WAYSTATION_PORT: "0",
      WAYSTATION_ACCOUNT: "222222222222",
    });
    const port = await portOf(server);
    const response = await fetch(`http://127.0.0.1:${port}/?Action=CreateQueue&QueueName=jobs&Version=2012-11-05`);
    expect(await response.text()).toContain(`http://127.0.0.1:${port}/111111111111/jobs`);
  });

  test("logs JSON lines on standard error", async () => {
    using server = cli.run(["--port", "0", "--log-level", "debug"]);
    const port = await portOf(server);
    await fetch(`http://127.0.0.1:${port}/?Action=ListQueues&Version=2012-11-05`);
    server.kill("SIGTERM");
    const { stderr } = await server.end();
    const lines = stderr.trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: "debug", service: "sqs", operation: "ListQueues", status: 200, msg: "request" },
    ]);
  });

  test("logs text for people where it is told to, who are no terminal", async () => {
    using server = cli.run(["--port", "0"], { WAYSTATION_LOG_FORMAT: "text" });
    const port = await portOf(server);
    await fetch(`http://127.0.0.1:${port}/?Action=GetQueueUrl&QueueName=jobs&Version=2012-11-05`);
    server.kill("SIGTERM");
    expect((await server.end()).stderr).toMatch(
      /^[\d:.]{12} info {2}sqs GetQueueUrl jobs 400 .*: The specified queue does not exist/,
    );
  });

  test("delivers what waits in a Kinesis channel to the folder it was told before it ends", async () => {
    const folder = mkdtempSync(join(tmpdir(), "waystation-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    using server = cli.run(["--port", "0", "--channel-dir", folder]);
    const port = await portOf(server);
    const kinesis = async (operation: string, input: object) => {
      const headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `Kinesis_20131202.${operation}`,
        "X-Amz-Date": "20250101T000000Z",
        Authorization:
          "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0",
      };
      const body = JSON.stringify(input);
      expect(await fetch(`http://127.0.0.1:${port}`, { method: "POST", headers, body })).toMatchObject({ status: 200 });
    };
    const StreamARN = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
    await kinesis("CreateStream", { StreamName: "orders", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    await kinesis("CreateChannel", {
      ChannelName: "archive",
      ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/delivery",
      StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: "BYTE_ARRAY" } }],
      S3DestinationConfiguration: {
        StorageConfiguration: {
          BucketARN: "arn:aws:s3:::bucket",
          ExpectedBucketOwner: "000000000000",
          CompressionType: "NONE",
          OutputKeyTemplate: "!{channel-name}/object",
        },
      },
    });
    const Data = Buffer.from("hello").toString("base64");
    await kinesis("PutRecord", { StreamName: "orders", PartitionKey: "k", Data });
    server.kill("SIGTERM");
    expect(await server.end()).toMatchObject({ exitCode: 0, stderr: "" });
    const [object = ""] = readdirSync(join(folder, "bucket/archive"));
    expect(readFileSync(join(folder, "bucket/archive", object), "utf8")).toBe("hello");
  });

  test("logs nothing of a request that went well unless told to", async () => {
    using server = cli.run(["--port", "0"]);
    const port = await portOf(server);
    await fetch(`http://127.0.0.1:${port}/?Action=ListQueues&Version=2012-11-05`);
    server.kill("SIGTERM");
    expect(await server.end()).toMatchObject({ stderr: "" });
  });

  test.for(["SIGTERM", "SIGINT"] as const)("ends with 0 at %s, and answers who waits", async (signal) => {
    using server = cli.run(["--port", "0", "--log-level", "debug"]);
    const port = await portOf(server);
    await fetch(`http://127.0.0.1:${port}/?Action=CreateQueue&QueueName=jobs&Version=2012-11-05`);
    using client = await RawConnection.to(port);
    const get = (target: string) => `GET ${target}&Version=2012-11-05 HTTP/1.1\r\nHost: here\r\n\r\n`;
    const poll = get("/000000000000/jobs?Action=ReceiveMessage&WaitTimeSeconds=20");
    await client.say(`${poll}${get("/?Action=GetQueueUrl&QueueName=jobs")}`);
    await server.stderr.until("GetQueueUrl"); // what stands before it on the same connection has been read, too
    server.kill(signal);
    expect(await server.end()).toMatchObject({ exitCode: 0, signal: null });
    expect(await client.hearsToTheEnd()).toContain("<ReceiveMessageResponse");
  });

  test("ends with 0 when standard input ends, where it was told to", async () => {
    using server = cli.run(["--port", "0", "--stop-with-input"]);
    await portOf(server);
    server.endInput();
    expect(await server.end()).toMatchObject({ exitCode: 0, signal: null, stderr: "" });
  });

  test("goes on when standard input ends, and with --stop-with-input ends at a signal before", async () => {
    using alone = cli.run(["--port", "0"]);
    const port = await portOf(alone);
    alone.endInput();
    expect((await fetch(`http://127.0.0.1:${port}/_waystation/health`)).status).toBe(200);
    using server = cli.run(["--port", "0", "--stop-with-input"]);
    await portOf(server);
    server.kill("SIGTERM");
    expect(await server.end()).toMatchObject({ exitCode: 0, signal: null });
  });

  test("says in one line that a port is taken, and ends with 1", async () => {
    const other = createServer();
    const port = await listening(other);
    using server = cli.run(["--port", String(port)]);
    expect(await server.end()).toEqual({
      exitCode: 1,
      signal: null,
      stdout: "",
      stderr: `waystation: port ${port} on 127.0.0.1 is already taken; --port chooses another\n`,
    });
    other.close();
  });

  test("says who has a port that is taken, where that shows", async () => {
    using first = cli.run(["--port", "0"]);
    const port = await portOf(first);
    using server = cli.run(["--port", String(port)]);
    expect((await server.end()).stderr).toBe(
      `waystation: port ${port} on 127.0.0.1 is already taken by a Waystation that runs; --port chooses another, and \`waystation ls --port ${port}\` looks into that one\n`,
    );
  });

  test("says in one line what is wrong with its arguments, and ends with 2", async () => {
    using server = cli.run([], { WAYSTATION_PROFILE: "strict" });
    expect(await server.end()).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr: 'waystation: WAYSTATION_PROFILE must be one of relaxed, aws, not "strict" (see waystation --help)\n',
    });
  });
});

describe("waystation health", () => {
  test("ends with 0 while a server runs on the port", async () => {
    using server = cli.run(["--port", "0"]);
    const port = await portOf(server);
    using health = cli.run(["health"], { WAYSTATION_PORT: String(port), WAYSTATION_HOST: "0.0.0.0" });
    expect(await health.end()).toEqual({ exitCode: 0, signal: null, stdout: "", stderr: "" });
  });

  test("ends with 1 while something else does", async () => {
    const other = createServer((socket) => socket.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));
    const port = await listening(other);
    using health = cli.run(["health", "--port", String(port)]);
    expect(await health.end()).toMatchObject({
      exitCode: 1,
      stderr: `waystation: http://127.0.0.1:${port}/_waystation/health answers 404\n`,
    });
    other.close();
  });
});
