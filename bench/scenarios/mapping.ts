import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { MESSAGE_BODY, receiptHandles } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import { sqsWire } from "../load/wire.ts";
import { cpuMsOf } from "../machine/process-usage.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";
import { median, quantile } from "../statistics.ts";

const MESSAGES = 1000;
const BATCH = 10;
const CONNECTIONS = 5;
const WARM_UP = 5;
/** Tells when the handler is entered, on the clock that both processes share. */
const HANDLER = `
  const now = () => performance.timeOrigin + performance.now();
  exports.handler = async () => {
    const enteredAt = now();
    if (process.env.TELL) await fetch(process.env.TELL, { method: "POST", body: String(enteredAt) });
  };`;

/** A function that is invoked with what comes to a queue: as many messages as clients take, and how soon. */
export const mapping: Scenario = {
  name: "mapping",
  async run(pace) {
    return [await throughput(pace), await entry(pace)];
  },
};

/** A thousand messages handled by ten, against as many received and deleted by ten: what that costs the server. */
async function throughput({ samples }: Pace): Promise<Finding> {
  await using server = await startEmulator();
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await using lambda = await aFunction(server);
  const [taking, handling]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < WARM_UP + samples; round++) {
    await fill(server, queueUrl, MESSAGES);
    taking.push(await costOf(server, () => takeAll(server, queueUrl)));
    await fill(server, queueUrl, MESSAGES);
    handling.push(await costOf(server, () => lambda.handleAll()));
  }
  const [taken, handled] = [medians(taking), medians(handling)];
  const told = ({ cpuMs, ms }: Cost) =>
    `${cpuMs.toFixed(0)} ms of the server's processor time, ${ms.toFixed(0)} ms in all`;
  return {
    what: "queue to function",
    value: taken.cpuMs / handled.cpuMs,
    unit: "of base",
    target: { atLeast: 0.5 },
    detail: `${MESSAGES} messages: ${told(handled)}; received and deleted: ${told(taken)}`,
  };
}

/** From the request of a send to the handler. */
async function entry({ samples }: Pace): Promise<Finding> {
  await using server = await startEmulator();
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await using told = await aListener();
  await using lambda = await aFunction(server, told.url);
  await lambda.enable();
  const delays: number[] = [];
  for (let sample = 0; sample < WARM_UP + samples * 10; sample++) {
    const next = told.next();
    const sentAt = performance.timeOrigin + performance.now();
    await client.call("SendMessage", { QueueUrl: queueUrl, MessageBody: MESSAGE_BODY });
    const enteredAt = await next;
    if (sample >= WARM_UP) delays.push(enteredAt - sentAt);
  }
  const detail = `${delays.length} messages, 99 % within ${quantile(delays, 0.99).toFixed(2)} ms`;
  return { what: "send to handler", value: median(delays), unit: "ms", target: { below: 3 }, detail };
}

/** A function of this machine's Node with a mapping that is disabled. */
async function aFunction({ port }: Server, tell = "") {
  const folder = mkdtempSync(join(tmpdir(), "function-"));
  writeFileSync(join(folder, "index.js"), HANDLER);
  const ask = async (method: string, path: string, input: object): Promise<Record<string, unknown>> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: JSON.stringify(input) });
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  await ask("POST", "/2015-03-31/functions", {
    FunctionName: "bench",
    Role: "arn:aws:iam::000000000000:role/bench",
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { S3Bucket: "hot-reload", S3Key: folder },
    Environment: { Variables: { TELL: tell } },
  });
  const { UUID } = await ask("POST", "/2015-03-31/event-source-mappings", {
    FunctionName: "bench",
    EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:bench",
    BatchSize: BATCH,
    Enabled: false,
  });
  const enable = (Enabled: boolean) => ask("PUT", `/2015-03-31/event-source-mappings/${UUID}`, { Enabled });
  return {
    enable: () => enable(true),
    /** Has everything in the queue handled. */
    async handleAll(): Promise<void> {
      await enable(true);
      await ask("POST", "/_waystation/wait", { until: "empty", queue: "bench", timeout: "1m" });
      await enable(false);
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true });
    },
  };
}

/** Receives and deletes everything in the queue, over as many connections as a mapping has batches at first. */
async function takeAll(server: Server, queueUrl: string): Promise<void> {
  const destination = new Destination(server.port, sqsWire);
  const receive = destination.requestFor(
    "ReceiveMessage",
    JSON.stringify({ QueueUrl: queueUrl, MaxNumberOfMessages: BATCH }),
  );
  const takeShare = async (): Promise<void> => {
    const connection = await Connection.open(server.port);
    for (let taken = 0; taken < MESSAGES / CONNECTIONS; taken += BATCH) {
      const handles = receiptHandles((await connection.exchange(receive)).body);
      const Entries = handles.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));
      const input = JSON.stringify({ QueueUrl: queueUrl, Entries });
      await connection.exchange(destination.requestFor("DeleteMessageBatch", input));
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, takeShare));
}

/** Where the handler says when it was entered. */
async function aListener() {
  let hear: (at: number) => void = () => {};
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      response.end();
      hear(Number(text));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    next: () =>
      new Promise<number>((resolve) => {
        hear = resolve;
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What something takes: processor time of the server, and time on the clock. */
interface Cost {
  readonly cpuMs: number;
  readonly ms: number;
}

async function costOf({ pid }: Server, task: () => Promise<void>): Promise<Cost> {
  const [startedAt, cpuBefore] = [performance.now(), cpuMsOf(pid)];
  await task();
  return { cpuMs: cpuMsOf(pid) - cpuBefore, ms: performance.now() - startedAt };
}

/** Without the rounds in which processes of the function start and code is compiled. */
function medians(costs: readonly Cost[]): Cost {
  const warm = costs.slice(WARM_UP);
  return { cpuMs: median(warm.map(({ cpuMs }) => cpuMs)), ms: median(warm.map(({ ms }) => ms)) };
}
