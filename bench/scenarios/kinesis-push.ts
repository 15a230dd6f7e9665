import { Connection } from "../load/connection.ts";
import { Destination } from "../load/destination.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { dataOf } from "../load/kinesis-cycles.ts";
import { Subscriptions } from "../load/kinesis-subscriptions.ts";
import { kinesisWire } from "../load/wire.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";
import { median, quantile } from "../statistics.ts";

const SHARDS = 10;
const CONSUMERS = 10;
/** Time between two puts, so that each finds everybody waiting. */
const PAUSE_MS = 5;

/** How soon a record reaches its subscribers: from the put's request until the last of ten has it. */
export const kinesisPush: Scenario = {
  name: "kinesis-push",
  async run({ samples }) {
    await using server = await startEmulator();
    const consumerArns = await streamWithConsumers(server);
    using subscriptions = await Subscriptions.open(server, { consumerArns, shards: SHARDS });
    const putter = await Connection.open(server.port);
    const requests = putsByShard(server);
    const delays: number[] = [];
    for (let sample = 0; sample < samples * 20; sample++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      const shard = sample % SHARDS;
      const reached = subscriptions.reached(shard).then(() => performance.now());
      const putAt = performance.now();
      await putter.exchange(requests[shard]!);
      delays.push((await reached) - putAt);
    }
    putter.close();
    const detail = `${delays.length} puts, each to 10 of 100 subscriptions, 99 % within ${quantile(delays, 0.99).toFixed(2)} ms`;
    return [{ what: "put reaches subscribers", value: median(delays), unit: "ms", target: { below: 3 }, detail }];
  },
};

async function streamWithConsumers(server: Server): Promise<readonly string[]> {
  using client = await KinesisClient.open(server);
  await client.createStream("bench", SHARDS);
  const arns: string[] = [];
  for (let index = 0; index < CONSUMERS; index++) arns.push(await client.registerConsumer("bench", `bench-${index}`));
  return arns;
}

/** A put for each shard, by a hash key with which its range begins. */
function putsByShard({ port }: Server): readonly string[] {
  const destination = new Destination(port, kinesisWire);
  const rangeWidth = 2n ** 128n / BigInt(SHARDS);
  return Array.from({ length: SHARDS }, (_, index) => {
    const place = { PartitionKey: "bench", ExplicitHashKey: String(BigInt(index) * rangeWidth) };
    return destination.requestFor("PutRecord", JSON.stringify({ StreamName: "bench", ...place, Data: dataOf(256) }));
  });
}
