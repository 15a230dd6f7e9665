import { alternate } from "../load/alternate.ts";
import { Destination } from "../load/destination.ts";
import { Http2Connection } from "../load/http2-connection.ts";
import { Load } from "../load/load.ts";
import { SqsClient } from "../load/sqs-client.ts";
import { sendCycle } from "../load/sqs-cycles.ts";
import { sqsWire } from "../load/wire.ts";
import { type Server, startEmulator } from "../machine/servers.ts";
import type { Scenario } from "../scenario.ts";

const CONNECTIONS = 32;

/** What HTTP/2 without TLS costs: SendMessage over it against the same over HTTP/1.1. */
export const http2: Scenario = {
  name: "http2",
  async run(pace) {
    await using base = await startEmulator();
    await using subject = await startEmulator();
    using baseLoad = await Load.open(base, await workOn(base));
    using load = await Load.open(subject, { ...(await workOn(subject)), open: Http2Connection.open });
    const { ratio, detail } = await alternate(baseLoad, load, pace);
    const what = "SendMessage over HTTP/2, against HTTP/1.1";
    return [{ what, value: ratio, unit: "of base", target: { atLeast: 0.67 }, detail }];
  },
};

async function workOn(server: Server) {
  using client = await SqsClient.open(server);
  const cycle = sendCycle(await client.createQueue("bench"));
  return { destination: new Destination(server.port, sqsWire), cycle, connections: CONNECTIONS };
}
