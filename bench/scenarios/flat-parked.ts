import { flatCost } from "../load/flat-cost.ts";
import type { Cycle } from "../load/load.ts";
import { ParkedPolls } from "../load/parked-polls.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { messageCycle } from "../load/sqs-cycles.ts";
import { fill } from "../load/sqs-stock.ts";
import type { Server } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const POLLS = 1_000;
const WAITING = 1_000;

/** Whether long polls on other queues slow a queue down. */
export const flatParked: Scenario = {
  name: "flat-parked",
  async run(pace) {
    const growth = {
      what: "1,000 long polls parked, against none",
      connections: 32,
      little: withWaiting,
      much: withWaiting,
      meanwhile: (server: Server) => ParkedPolls.open(server, POLLS),
    };
    return [await flatCost(growth, pace)];
  },
};

async function withWaiting(server: Server): Promise<Cycle> {
  using client = await SqsClient.open(server);
  const queueUrl = await client.createQueue("bench");
  await fill(server, queueUrl, WAITING);
  return messageCycle(queueUrl);
}
