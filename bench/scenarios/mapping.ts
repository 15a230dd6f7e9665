import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { LambdaClient } from "../load/lambda-client.ts";
import { Listener } from "../load/listener.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { MESSAGE_BODY, receiptHandles } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import { sqsWire } from "../load/wire.ts";
import { type Cost, costOf, costText, medianCost } from "../machine/cost.ts";
import { type Server, startEmulatorForFunctions } from "../machine/servers.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";
import { median, quantile } from "../statistics.ts";

const MESSAGES = 1000;
const BATCH = 10;
const CONNECTIONS = 5;
/** Rounds in which processes of the function start and code is compiled. */
const WARM_UP = 20;
const SOURCE = { EventSourceArn: "arn:aws:sqs:us-east-1:000000000000:bench", BatchSize: BATCH };
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
  await using server = await startEmulatorForFunctions();
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  using lambda = new LambdaClient(server, HANDLER);
  await lambda.createFunction("bench");
  const enable = await lambda.createMapping("bench", SOURCE);
  const handleAll = async () => {
    await enable(true);
    await lambda.ask("POST", "/_waystation/wait", { until: "empty", queue: "bench", timeout: "1m" });
    await enable(false);
  };
  const [taking, handling]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < WARM_UP + samples; round++) {
    await fill(server, queueUrl, MESSAGES);
    taking.push(await costOf(server, () => takeAll(server, queueUrl)));
    await fill(server, queueUrl, MESSAGES);
    handling.push(await costOf(server, handleAll));
  }
  const [taken, handled] = [taking, handling].map((costs) => medianCost(costs.slice(WARM_UP))) as [Cost, Cost];
  return {
    what: "queue to function",
    value: taken.cpuMs / handled.cpuMs,
    unit: "of base",
    target: { atLeast: 0.5 },
    detail: `${MESSAGES} messages: ${costText(handled)}; received and deleted: ${costText(taken)}`,
  };
}

/** From the request of a send to the handler. */
async function entry({ samples }: Pace): Promise<Finding> {
  await using server = await startEmulatorForFunctions();
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await using told = await Listener.open();
  using lambda = new LambdaClient(server, HANDLER);
  await lambda.createFunction("bench", { TELL: told.url });
  const enable = await lambda.createMapping("bench", SOURCE);
  await enable(true);
  const delays: number[] = [];
  for (let sample = 0; sample < WARM_UP + samples * 20; sample++) {
    const next = told.next();
    const sentAt = performance.timeOrigin + performance.now();
    await client.call("SendMessage", { QueueUrl: queueUrl, MessageBody: MESSAGE_BODY });
    const enteredAt = await next;
    if (sample >= WARM_UP) delays.push(enteredAt - sentAt);
  }
  const detail = `${delays.length} messages, 99 % within ${quantile(delays, 0.99).toFixed(2)} ms`;
  return { what: "send to handler", value: median(delays), unit: "ms", target: { below: 3 }, detail };
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
