import { againstFloor } from "../load/against-floor.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { sendCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import type { Scenario } from "../scenario.ts";

/** Nothing but SendMessage: the whole server's cost per request. */
export const send: Scenario = {
  name: "send",
  async run(pace) {
    const finding = await againstFloor(
      {
        what: "SendMessage",
        wire: sqsWire,
        target: { atLeastOfCeiling: 0.55 },
        async prepare(server) {
          using client = await SqsClient.open(server);
          return sendCycle(await client.createQueue("bench"));
        },
      },
      pace,
    );
    return [finding];
  },
};
