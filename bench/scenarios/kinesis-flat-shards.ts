import { flatCost } from "../load/flat-cost.ts";
import { KinesisClient, shardIdAt } from "../load/kinesis-client.ts";
import { keyNames, putCycle } from "../load/kinesis-cycles.ts";
import type { Cycle } from "../load/load.ts";
import { kinesisWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Finding, Pace, Scenario, Target } from "../scenario.ts";

const MANY = 10_000;
/** As many as one DescribeStream shows, twice. */
const FEW = 200;

/** Whether the other shards of a stream slow anything down. */
export const kinesisFlatShards: Scenario = {
  name: "kinesis-flat-shards",
  async run(pace) {
    const put = putCycle("bench", keyNames(MANY));
    return [
      // Where there is one shard, no key has to be hashed, and all a put touches was touched just now.
      await flatShards(
        { what: "PutRecord into 10,000 shards, against 1", few: 1, target: { atLeast: 0.6 }, cycleOn: () => put },
        pace,
      ),
      await flatShards(
        { what: "DescribeStream, 100 of 10,000 shards, against 200", few: FEW, cycleOn: describe },
        pace,
      ),
      await flatShards({ what: "ListShards, 100 of 10,000 shards, against 200", few: FEW, cycleOn: listShards }, pace),
    ];
  },
};

interface Comparison {
  readonly what: string;
  readonly few: number;
  readonly target?: Target;
  readonly cycleOn: (shards: number) => Cycle;
}

function flatShards({ what, few, target, cycleOn }: Comparison, pace: Pace): Promise<Finding> {
  const growth = {
    what,
    ...(target && { target }),
    connections: 32,
    wire: kinesisWire,
    little: (server: Server) => withShards(server, few, cycleOn),
    much: (server: Server) => withShards(server, MANY, cycleOn),
  };
  return flatCost(growth, pace);
}

async function withShards(server: Server, shards: number, cycleOn: Comparison["cycleOn"]): Promise<Cycle> {
  using client = await KinesisClient.open(server);
  await client.createStream("bench", shards);
  return cycleOn(shards);
}

/** The shards from the middle on, as many as an answer holds. */
function describe(shards: number): Cycle {
  const body = JSON.stringify({ StreamName: "bench", ExclusiveStartShardId: shardIdAt(shards / 2 - 1) });
  return async (ask) => {
    await ask("DescribeStream", body);
  };
}

/** The same by the newer operation. */
function listShards(shards: number): Cycle {
  const page = { ExclusiveStartShardId: shardIdAt(shards / 2 - 1), MaxResults: 100 };
  const body = JSON.stringify({ StreamName: "bench", ...page });
  return async (ask) => {
    await ask("ListShards", body);
  };
}
