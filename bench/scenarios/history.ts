import { alternate } from "../load/alternate.ts";
import { Destination } from "../load/destination.ts";
import { Load } from "../load/load.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { sendCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const CONNECTIONS = 32;

/** What it costs to record what happens: SendMessage with history on against itself with history off. */
export const history: Scenario = {
  name: "history",
  async run(pace) {
    await using base = await startEmulator();
    await using subject = await startEmulator("--history", "on");
    using baseLoad = await sending(base);
    using load = await sending(subject);
    const { ratio, detail } = await alternate(baseLoad, load, pace);
    return [{ what: "SendMessage, history on", value: ratio, unit: "of base", target: { atLeast: 0.85 }, detail }];
  },
};

async function sending(server: Server): Promise<Load> {
  using client = await SqsClient.open(server);
  const cycle = sendCycle(await client.createQueue("bench"));
  return Load.open(server, { destination: new Destination(server.port, sqsWire), cycle, connections: CONNECTIONS });
}
