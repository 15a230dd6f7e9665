import { againstFloor } from "../load/against-floor.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { messageCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import type { Pace, Scenario } from "../scenario.ts";

const KIB = 1024;

/** Messages as large as they may be once were, and may be now. */
export const large: Scenario = {
  name: "large",
  async run(pace) {
    return [await ofSize(256, pace), await ofSize(1024, pace)];
  },
};

function ofSize(kibibytes: number, pace: Pace) {
  const contest = {
    what: `send, receive, delete of ${kibibytes} KiB`,
    wire: sqsWire,
    async prepare(server: Parameters<typeof SqsClient.open>[0]) {
      using client = await SqsClient.open(server);
      return messageCycle(await client.createQueue("bench"), "m".repeat(kibibytes * KIB));
    },
  };
  return againstFloor(contest, pace);
}
