import { flatCost } from "../load/flat-cost.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { readCycle } from "../load/kinesis-cycles.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import type { Cycle } from "../load/load.ts";
import { kinesisWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

/** Few, so that it is the search for them that is measured, and not what it costs to write them. */
const READ_AT_ONCE = 10;

/** Whether the records before and behind slow a read down. */
export const kinesisFlatLog: Scenario = {
  name: "kinesis-flat-log",
  async run(pace) {
    const growth = {
      what: "GetRecords in the middle of 1,000,000 records, against 1,000",
      connections: 32,
      wire: kinesisWire,
      little: (server: Server) => inTheMiddle(server, 1_000),
      much: (server: Server) => inTheMiddle(server, 1_000_000),
    };
    return [await flatCost(growth, pace)];
  },
};

async function inTheMiddle(server: Server, count: number): Promise<Cycle> {
  using client = await KinesisClient.open(server);
  await client.createStream("bench", 1);
  const middle = await fillStream(server, "bench", { count, bytes: 256 });
  return readCycle(await client.iterator("bench", middle), READ_AT_ONCE);
}
