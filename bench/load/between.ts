import { type FixedReplies, type Server, startCeiling, startFloor } from "../machine/servers.ts";
import type { Pace } from "../scenario.ts";
import { type Comparison, compared, inTurns, rateOf } from "./alternate.ts";
import { Destination } from "./destination.ts";
import { type Cycle, Load, type Work } from "./load.ts";
import type { Wire } from "./wire.ts";

const CONNECTIONS = 32;

/** A server with what it has to do. */
export interface Subject {
  readonly server: Server;
  readonly wire: Wire;
  readonly cycle: Cycle;
  readonly tidy?: Work["tidy"];
}

/** What floor and ceiling have to do: a cycle whose operations they have replies to. */
export interface Bare {
  readonly wire: Wire;
  readonly cycle: Cycle;
  readonly replies: FixedReplies;
}

/** Compared with the floor, and with the ceiling. */
export interface Placed extends Pick<Comparison, "ratio" | "detail"> {
  readonly ofCeiling: number;
}

/** Compares a server with the least that one on node:http can do, and with the most that one in a Node process can, all in turn. */
export async function betweenFloorAndCeiling(subject: Subject, bare: Bare, pace: Pace): Promise<Placed> {
  await using floor = await startFloor(bare.replies);
  await using ceiling = await startCeiling(bare.replies);
  using floorLoad = await bareLoad(floor, bare);
  using ceilingLoad = await bareLoad(ceiling, bare);
  const { server, wire, cycle, tidy } = subject;
  const destination = new Destination(server.port, wire);
  using load = await Load.open(server, { destination, cycle, connections: CONNECTIONS, tidy });
  const [floors = [], ceilings = [], subjects = []] = await inTurns([floorLoad, ceilingLoad, load], pace);
  const { ratio, detail } = compared(floors, subjects);
  const { ratio: ofCeiling, spread } = compared(ceilings, subjects);
  return { ratio, ofCeiling, detail: `${detail}; ceiling ${rateOf(ceilings)} requests/s, ${spread}` };
}

function bareLoad(server: Server, { wire, cycle }: Bare): Promise<Load> {
  const destination = new Destination(server.port, wire, (operation) => `/${operation}`);
  return Load.open(server, { destination, cycle, connections: CONNECTIONS });
}
