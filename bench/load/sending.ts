import type { Server } from "../machine/servers.ts";
import { Destination } from "./destination.ts";
import { Load } from "./load.ts";
import { SqsClient } from "./sqs-client.ts";
import { sendCycle } from "./sqs-cycles.ts";
import { sqsWire } from "./wire.ts";

const CONNECTIONS = 32;

/** A load of nothing but SendMessage. */
export async function sending(server: Server): Promise<Load> {
  using client = await SqsClient.open(server);
  const cycle = sendCycle(await client.createQueue("bench"));
  return Load.open(server, { destination: new Destination(server.port, sqsWire), cycle, connections: CONNECTIONS });
}
