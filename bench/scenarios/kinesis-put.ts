import { againstFloor } from "../load/against-floor.ts";
import { KinesisClient, renewStream } from "../load/kinesis-client.ts";
import { keyNames, putCycle, putManyCycle } from "../load/kinesis-cycles.ts";
import type { Cycle } from "../load/load.ts";
import { kinesisWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const SHARDS = 4;

/** Putting records, one by one and five hundred at a time. What was put is thrown away between the rounds. */
export const kinesisPut: Scenario = {
  name: "kinesis-put",
  async run(pace) {
    const one = {
      what: "PutRecord, 256 bytes",
      target: { atLeastOfCeiling: 0.5 },
      ...onStream(putCycle("bench", keyNames(64))),
    };
    const many = {
      what: "PutRecords, 500 of 1 KiB",
      target: { atLeast: 0.7 },
      ...onStream(putManyCycle("bench", 1024)),
    };
    return [await againstFloor(one, pace), await againstFloor(many, pace)];
  },
};

function onStream(cycle: Cycle) {
  return {
    wire: kinesisWire,
    async prepare(server: Server) {
      using client = await KinesisClient.open(server);
      await client.createStream("bench", SHARDS);
      return cycle;
    },
    tidy: (server: Server) => renewStream(server, "bench", SHARDS),
  };
}
