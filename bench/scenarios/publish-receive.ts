import { publishAgainstFloor } from "../load/publish-against-floor.ts";
import { type Form, publishCycle, topicWithQueues } from "../load/sns-client.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { takeCycle } from "../load/sqs-cycles.ts";
import { messagingWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Finding, Pace, Scenario } from "../scenario.ts";

/** Publish, receive, delete: receiving an envelope has it signed, a raw message has no signature. */
export const publishReceive: Scenario = {
  name: "publish-receive",
  async run(pace) {
    return [
      { ...(await publishAndTake("publish, receive, delete: signed envelopes", {}, pace)), target: { atLeast: 0.35 } },
      await publishAndTake("publish, receive, delete: raw messages", { RawMessageDelivery: "true" }, pace),
    ];
  },
};

async function publishAndTake(what: string, attributes: Form, pace: Pace): Promise<Finding> {
  const prepare = async (server: Server) => {
    const publish = publishCycle(await topicWithQueues(server, 1, attributes));
    using sqs = await SqsClient.open(server);
    const take = takeCycle(await sqs.createQueue("bench-0"));
    return async (ask: Parameters<typeof publish>[0]) => {
      await publish(ask);
      await take(ask);
    };
  };
  const { ratio, ofCeiling, detail } = await publishAgainstFloor({ wire: messagingWire, prepare }, pace);
  return { what, value: ratio, unit: "of floor", ofCeiling, detail };
}
