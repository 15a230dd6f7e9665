import { type Server, startEmulator, startFloor } from "../machine/servers.ts";
import type { Pace } from "../scenario.ts";
import { alternate, type Comparison } from "./alternate.ts";
import { Destination } from "./destination.ts";
import { type Cycle, Load } from "./load.ts";
import { sendCycle } from "./sqs-cycles.ts";
import { sqsWire, type Wire } from "./wire.ts";

const CONNECTIONS = 32;
/** As long as the answer to a publish. */
const REPLY = { headers: { "content-type": "text/xml", "content-length": "291" }, body: "x".repeat(291) };

/** A cycle that begins with a publish. */
export interface Publishing {
  readonly wire: Wire;
  readonly prepare: (server: Server) => Promise<Cycle>;
}

/** Compares requests of such a cycle with the floor's SendMessage, since the floor reads JSON and no forms. */
export async function publishAgainstFloor({ wire, prepare }: Publishing, pace: Pace): Promise<Comparison> {
  await using subject = await startEmulator();
  await using floor = await startFloor({ SendMessage: REPLY });
  const toFloor = new Destination(floor.port, sqsWire, (operation) => `/${operation}`);
  const cycle = await prepare(subject);
  using floorLoad = await Load.open(floor, { destination: toFloor, cycle: sendCycle("any"), connections: CONNECTIONS });
  const destination = new Destination(subject.port, wire);
  using load = await Load.open(subject, { destination, cycle, connections: CONNECTIONS });
  return await alternate(floorLoad, load, pace);
}
