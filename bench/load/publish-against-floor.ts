import { type Server, startEmulator } from "../machine/servers.ts";
import type { Pace } from "../scenario.ts";
import { betweenFloorAndCeiling, type Placed } from "./between.ts";
import type { Cycle } from "./load.ts";
import { sendCycle } from "./sqs-cycles.ts";
import { sqsWire, type Wire } from "./wire.ts";

/** As long as the answer to a publish. */
const REPLY = { headers: { "content-type": "text/xml", "content-length": "291" }, body: "x".repeat(291) };

/** A cycle that begins with a publish. */
export interface Publishing {
  readonly wire: Wire;
  readonly prepare: (server: Server) => Promise<Cycle>;
}

/** Compares requests of such a cycle with SendMessage of floor and ceiling, since the floor reads JSON and no forms. */
export async function publishAgainstFloor({ wire, prepare }: Publishing, pace: Pace): Promise<Placed> {
  await using server = await startEmulator();
  const bare = { wire: sqsWire, cycle: sendCycle("any"), replies: { SendMessage: REPLY } };
  return await betweenFloorAndCeiling({ server, wire, cycle: await prepare(server) }, bare, pace);
}
