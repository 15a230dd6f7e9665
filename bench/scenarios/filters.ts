import { flatCost } from "../load/flat-cost.ts";
import { publishCycle, SnsClient } from "../load/sns-client.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { snsWire } from "../load/wire.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const MATCHING = {
  "MessageAttributes.entry.1.Name": "customer",
  "MessageAttributes.entry.1.Value.DataType": "String",
  "MessageAttributes.entry.1.Value.StringValue": "customer-0",
};

/** Whether filter policies that do not match cost a publish anything. */
export const filters: Scenario = {
  name: "filters",
  async run(pace) {
    const growth = {
      what: "publish past 10,000 filter policies, one match, against 10",
      connections: 32,
      wire: snsWire,
      target: { atLeast: 1 / 3 },
      little: async (server: Server) => publishCycle(await filteringTopic(server, 10), MATCHING),
      much: async (server: Server) => publishCycle(await filteringTopic(server, 10_000), MATCHING),
    };
    return [await flatCost(growth, { ...pace, roundMs: pace.roundMs / 2 })];
  },
};

/** A topic whose subscriptions each want another customer's messages. */
async function filteringTopic(server: Server, count: number): Promise<string> {
  using sqs = await SqsClient.open(server);
  using sns = await SnsClient.open(server);
  await sqs.createQueue("bench");
  const topicArn = await sns.createTopic("bench");
  for (let index = 0; index < count; index++) {
    const endpoint = `arn:aws:sqs:us-east-1:000000000000:${index === 0 ? "bench" : `other-${index}`}`;
    const FilterPolicy = JSON.stringify({ customer: [`customer-${index}`] });
    await sns.subscribe(topicArn, { protocol: "sqs", endpoint }, { FilterPolicy });
  }
  return topicArn;
}
