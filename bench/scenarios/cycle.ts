import { againstFloor } from "../load/against-floor.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { messageCycle } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import { sqsWire } from "../load/wire.ts";
import type { Scenario } from "../scenario.ts";

/** The life of a message: sent, received, deleted. */
export const cycle: Scenario = {
  name: "cycle",
  async run(pace) {
    const finding = await againstFloor(
      {
        what: "send, receive, delete",
        wire: sqsWire,
        target: { atLeastOfCeiling: 0.5 },
        async prepare(server) {
          using client = await SqsClient.open(server);
          const queueUrl = await client.createQueue("bench");
          await fill(server, queueUrl, 100);
          return messageCycle(queueUrl);
        },
      },
      pace,
    );
    return [finding];
  },
};
