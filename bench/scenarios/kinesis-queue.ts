import { alternate } from "../load/alternate.ts";
import { Destination } from "../load/destination.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { queueCycle, readCycle } from "../load/kinesis-cycles.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import { type Cycle, Load } from "../load/load.ts";
import { kinesisWire } from "../load/wire.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const AT_ONCE = 10;
const CONNECTIONS = 32;
/** More than is received while it is measured: a queue never hands out what was acknowledged. */
const RECORDS = 2_000_000;

/** Taking records from a queue, which remembers each, against reading them, which remembers nothing. */
export const kinesisQueue: Scenario = {
  name: "kinesis-queue",
  async run(pace) {
    await using base = await startEmulator();
    await using subject = await startEmulator();
    // Filling takes longer than a connection may be idle, so connections are opened afterwards.
    const [reading, taking] = [await read(base), await take(subject)];
    using baseLoad = await Load.open(base, workOf(base, reading));
    using load = await Load.open(subject, workOf(subject, taking));
    const { ratio, detail } = await alternate(baseLoad, load, pace);
    const what = "ReceiveQueueRecords of 10 and their acknowledgement, against GetRecords of 10";
    return [{ what, value: ratio, unit: "of base", detail }];
  },
};

function workOf({ port }: Server, cycle: Cycle) {
  return { destination: new Destination(port, kinesisWire), cycle, connections: CONNECTIONS };
}

async function read(server: Server): Promise<Cycle> {
  using client = await KinesisClient.open(server);
  await client.createStream("bench", 1);
  await fillStream(server, "bench", { count: AT_ONCE, bytes: 256 });
  return readCycle(await client.iterator("bench"), AT_ONCE);
}

async function take(server: Server): Promise<Cycle> {
  using client = await KinesisClient.open(server);
  const queueArn = await client.createStreamWithQueue("bench");
  await fillStream(server, "bench", { count: RECORDS, bytes: 256 });
  return queueCycle(queueArn, AT_ONCE);
}
