import { flatCost } from "../load/flat-cost.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { putAndTakeCycle } from "../load/kinesis-cycles.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import type { Cycle } from "../load/load.ts";
import { kinesisWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const AT_ONCE = 10;

/** Whether the records that nobody has received slow down who receives. What is taken is put anew, so that the depth stays. */
export const kinesisFlatQueue: Scenario = {
  name: "kinesis-flat-queue",
  async run(pace) {
    const growth = {
      what: "put, receive and acknowledge 10 over 1,000,000 records, against 1,000",
      connections: 32,
      wire: kinesisWire,
      little: (server: Server) => overDepth(server, 1_000),
      much: (server: Server) => overDepth(server, 1_000_000),
    };
    return [await flatCost(growth, pace)];
  },
};

async function overDepth(server: Server, count: number): Promise<Cycle> {
  using client = await KinesisClient.open(server);
  const queueArn = await client.createStreamWithQueue("bench");
  await fillStream(server, "bench", { count, bytes: 256 });
  return putAndTakeCycle("bench", queueArn, AT_ONCE);
}
