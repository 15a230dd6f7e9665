import { flatCost } from "../load/flat-cost.ts";
import type { Cycle } from "../load/load.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { messageCycle } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

/** Whether a long backlog slows a queue down. */
export const flatWaiting: Scenario = {
  name: "flat-waiting",
  async run(pace) {
    const growth = {
      what: "1,000,000 messages waiting, against 1,000",
      connections: 32,
      little: (server: Server) => withWaiting(server, 1_000),
      much: (server: Server) => withWaiting(server, 1_000_000),
    };
    return [await flatCost(growth, pace)];
  },
};

async function withWaiting(server: Server, count: number): Promise<Cycle> {
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await fill(server, queueUrl, count);
  return messageCycle(queueUrl);
}
