import { againstFloor } from "../load/against-floor.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { batchCycle } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import { sqsWire } from "../load/wire.ts";
import type { Scenario } from "../scenario.ts";

/** The same by tens, where the work per message outweighs the work per request. */
export const batch: Scenario = {
  name: "batch",
  async run(pace) {
    const finding = await againstFloor(
      {
        what: "batches of ten",
        wire: sqsWire,
        // Of ten messages each: three times as many as the floor takes one by one.
        target: { atLeast: 0.3 },
        async prepare(server) {
          using client = await SqsClient.open(server);
          const queueUrl = await client.createQueue("bench");
          await fill(server, queueUrl, 1_000);
          return batchCycle(queueUrl);
        },
      },
      pace,
    );
    return [finding];
  },
};
