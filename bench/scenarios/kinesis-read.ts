import { againstFloor } from "../load/against-floor.ts";
import { KinesisClient } from "../load/kinesis-client.ts";
import { readCycle } from "../load/kinesis-cycles.ts";
import { fillStream } from "../load/kinesis-stock.ts";
import { kinesisWire } from "../load/wire.ts";
import type { Scenario } from "../scenario.ts";

const RECORDS = 1_000;

/** Reading records, a thousand at a time. */
export const kinesisRead: Scenario = {
  name: "kinesis-read",
  async run(pace) {
    const finding = await againstFloor(
      {
        what: "GetRecords, 1,000 of 1 KiB",
        wire: kinesisWire,
        target: { atLeast: 1 },
        async prepare(server) {
          using client = await KinesisClient.open(server);
          await client.createStream("bench", 1);
          await fillStream(server, "bench", { count: RECORDS, bytes: 1024 });
          return readCycle(await client.iterator("bench"), RECORDS);
        },
      },
      pace,
    );
    return [finding];
  },
};
