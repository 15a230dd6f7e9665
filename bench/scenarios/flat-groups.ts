import { flatCost } from "../load/flat-cost.ts";
import type { Cycle } from "../load/load.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { fifoCycle, groupNames } from "../load/sqs-cycles.ts";
import { fillGroups, takeIntoFlight } from "../load/sqs-stock.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

/**
 * Whether locked message groups slow a FIFO queue down. The one open group is locked while its message is in flight, so
 * there is one connection.
 */
export const flatGroups: Scenario = {
  name: "flat-groups",
  async run(pace) {
    const growth = {
      what: "100,000 FIFO groups, 99,999 locked, against 1,000, 999 locked",
      connections: 1,
      little: (server: Server) => withLockedGroups(server, 999),
      much: (server: Server) => withLockedGroups(server, 99_999),
    };
    return [await flatCost(growth, pace)];
  },
};

async function withLockedGroups(server: Server, count: number): Promise<Cycle> {
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench.fifo");
  await fillGroups(server, queueUrl, groupNames(count));
  await takeIntoFlight(server, queueUrl, count);
  return fifoCycle(queueUrl, ["open"]);
}
