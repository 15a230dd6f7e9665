import { flatCost } from "../load/flat-cost.ts";
import type { Cycle } from "../load/load.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { messageCycle } from "../load/sqs-cycles.ts";
import { fill, takeIntoFlight } from "../load/sqs-stock.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const WAITING = 1_000;

/** Whether many messages in flight slow a queue down. */
export const flatInFlight: Scenario = {
  name: "flat-in-flight",
  async run(pace) {
    const growth = {
      what: "100,000 messages in flight, against none",
      connections: 32,
      little: (server: Server) => withInFlight(server, 0),
      much: (server: Server) => withInFlight(server, 100_000),
    };
    return [await flatCost(growth, pace)];
  },
};

async function withInFlight(server: Server, count: number): Promise<Cycle> {
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await fill(server, queueUrl, count);
  await takeIntoFlight(server, queueUrl, count);
  await fill(server, queueUrl, WAITING);
  return messageCycle(queueUrl);
}
