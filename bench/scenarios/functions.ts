import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import { LambdaClient } from "../load/lambda-client.ts";
import { Listener } from "../load/listener.ts";
import { kinesisWire } from "../load/wire.ts";
import { type Cost, costOf, costText, medianCost } from "../machine/cost.ts";
import { type Server, startEmulatorForFunctions } from "../machine/servers.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";
import { median } from "../statistics.ts";

const RECORDS = 2_000;
const BATCH = 100;
/** Rounds in which processes of the function start and code is compiled. */
const WARM_UP = 20;
/** Tells how many records it got. */
const HANDLER = `exports.handler = async ({ Records = [] }) => {
  if (process.env.TELL) await fetch(process.env.TELL, { method: "POST", body: String(Records.length) });
};`;

/** A function's first invocation, and one that is invoked with what comes to a stream. */
export const functions: Scenario = {
  name: "functions",
  async run(pace) {
    return [await firstInvocation(pace), await stream(pace)];
  },
};

/** From the request of an invocation to its answer, each of a function that has no process yet. */
async function firstInvocation({ samples }: Pace): Promise<Finding> {
  await using server = await startEmulatorForFunctions();
  using lambda = new LambdaClient(server, HANDLER);
  const times: number[] = [];
  for (let sample = 0; sample < samples * 2; sample++) {
    await lambda.createFunction(`bench-${sample}`);
    const startedAt = performance.now();
    await lambda.invoke(`bench-${sample}`);
    times.push(performance.now() - startedAt);
  }
  const detail = `${times.length} functions, ${Math.min(...times).toFixed(0)} to ${Math.max(...times).toFixed(0)} ms`;
  return { what: "first invocation, Node", value: median(times), unit: "ms", target: { below: 150 }, detail };
}

/** Records handled a hundred at a time, against as many read so: what that costs the server. */
async function stream({ samples }: Pace): Promise<Finding> {
  await using server = await startEmulatorForFunctions();
  using client = await KinesisClient.open(server);
  await client.createStream("bench", 1);
  await using told = await Listener.open();
  using lambda = new LambdaClient(server, HANDLER);
  await lambda.createFunction("bench", { TELL: told.url });
  const EventSourceArn = "arn:aws:kinesis:us-east-1:000000000000:stream/bench";
  const source = { EventSourceArn, BatchSize: BATCH, StartingPosition: "TRIM_HORIZON" };
  const enable = await lambda.createMapping("bench", source);
  const handleAll = async () => {
    const all = told.sum(RECORDS);
    await enable(true);
    await all;
  };
  const [reading, handling]: [Cost[], Cost[]] = [[], []];
  for (let round = 0; round < WARM_UP + samples; round++) {
    await fillStream(server, "bench", { count: RECORDS, bytes: 256 });
    const iterator = await client.iterator("bench");
    reading.push(await costOf(server, () => readAll(server, iterator)));
    handling.push(await costOf(server, handleAll));
    await enable(false);
  }
  const [read, handled] = [reading, handling].map((costs) => medianCost(costs.slice(WARM_UP))) as [Cost, Cost];
  return {
    what: "stream to function",
    value: read.cpuMs / handled.cpuMs,
    unit: "of base",
    detail: `${RECORDS} records of 256 bytes: ${costText(handled)}; read with GetRecords: ${costText(read)}`,
  };
}

/** Reads as many records as a round handles, from the iterator on. */
async function readAll(server: Server, iterator: string): Promise<void> {
  const destination = new Destination(server.port, kinesisWire);
  const connection = await Connection.open(server.port);
  let ShardIterator = iterator;
  for (let count = 0; count < RECORDS; count += BATCH) {
    const { body } = await connection.exchange(
      destination.requestFor("GetRecords", JSON.stringify({ ShardIterator, Limit: BATCH })),
    );
    ShardIterator = /"NextShardIterator":"([^"]+)"/.exec(body)![1]!;
  }
  connection.close();
}
