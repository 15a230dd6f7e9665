import { againstFloor } from "../load/against-floor.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { fifoCycle, groupNames } from "../load/sqs-cycles.ts";
import { fillGroups } from "../load/sqs-stock.ts";
import { sqsWire } from "../load/wire.ts";
import type { Scenario } from "../scenario.ts";

const GROUPS = groupNames(500);

/** A FIFO queue whose messages belong to 500 groups. */
export const fifo: Scenario = {
  name: "fifo",
  async run(pace) {
    const finding = await againstFloor(
      {
        what: "FIFO, 500 groups",
        wire: sqsWire,
        target: { atLeastOfCeiling: 0.5 },
        async prepare(server) {
          using client = await SqsClient.open(server);
          const queueUrl = await client.createQueue("bench.fifo");
          await fillGroups(server, queueUrl, GROUPS);
          return fifoCycle(queueUrl, GROUPS);
        },
      },
      pace,
    );
    return [finding];
  },
};
