import { alternate } from "../load/alternate.ts";
import { Destination } from "../load/destination.ts";
import { Load } from "../load/load.ts";
import { SplitConnection } from "../load/split-connection.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { sendCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const CONNECTIONS = 32;

/** What it costs that head and body come one after the other: SendMessage so against SendMessage in one segment. */
export const pieces: Scenario = {
  name: "pieces",
  async run(pace) {
    await using base = await startEmulator();
    await using subject = await startEmulator();
    using baseLoad = await Load.open(base, await workOn(base));
    using load = await Load.open(subject, { ...(await workOn(subject)), open: SplitConnection.open });
    const { ratio, detail } = await alternate(baseLoad, load, pace);
    return [{ what: "SendMessage, head and body apart, against together", value: ratio, unit: "of base", detail }];
  },
};

async function workOn(server: Server) {
  using client = await SqsClient.open(server);
  const cycle = sendCycle(await client.createQueue("bench"));
  return { destination: new Destination(server.port, sqsWire), cycle, connections: CONNECTIONS };
}
