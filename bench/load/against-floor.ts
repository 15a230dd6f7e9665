import { type FloorReply, type Server, startEmulator, startFloor } from "../machine/servers.ts";
import type { Finding, Pace, Target } from "../scenario.ts";
import { alternate } from "./alternate.ts";
import { Connection } from "./connection.ts";
import { Destination } from "./destination.ts";
import { type Cycle, Load } from "./load.ts";
import type { Wire } from "./wire.ts";

const CONNECTIONS = 32;

/** A cycle to run against the whole server and against the floor. */
export interface Contest {
  readonly what: string;
  readonly wire: Wire;
  readonly target?: Target;
  /** Creates what the cycle needs. */
  readonly prepare: (server: Server) => Promise<Cycle>;
  /** Removes what the cycle leaves behind, before each round. */
  readonly tidy?: (server: Server) => Promise<void>;
}

/**
 * Compares the whole server with the floor, over keep-alive connections. The floor gets the very same requests and
 * answers with what the server answered when the cycle ran for the first time.
 */
export async function againstFloor({ what, wire, target, prepare, tidy }: Contest, pace: Pace): Promise<Finding> {
  await using subject = await startEmulator();
  const toSubject = new Destination(subject.port, wire);
  const cycle = await prepare(subject);
  await using floor = await startFloor(await repliesOf(cycle, toSubject));
  const toFloor = new Destination(floor.port, wire, (operation) => `/${operation}`);
  using floorLoad = await Load.open(floor, { destination: toFloor, cycle, connections: CONNECTIONS });
  using load = await Load.open(subject, {
    destination: toSubject,
    cycle,
    connections: CONNECTIONS,
    tidy: tidy && (() => tidy(subject)),
  });
  const { ratio, detail } = await alternate(floorLoad, load, pace);
  return { what, value: ratio, unit: "of floor", ...(target && { target }), detail };
}

/** What the server answers to each operation of a cycle. */
async function repliesOf(cycle: Cycle, destination: Destination): Promise<Readonly<Record<string, FloorReply>>> {
  const connection = await Connection.open(destination.port);
  const replies: Record<string, FloorReply> = {};
  await cycle(async (operation, body) => {
    const answer = await connection.exchange(destination.requestFor(operation, body));
    replies[operation] = { headers: ownHeaders(answer.head), body: answer.body };
    return answer.body;
  });
  connection.close();
  return replies;
}

/** Headers Node adds to every answer by itself. */
const ADDED_BY_NODE = new Set(["date", "connection", "keep-alive"]);

function ownHeaders(head: string): Readonly<Record<string, string>> {
  const lines = head.split("\r\n").slice(1);
  const pairs = lines.map((line) => line.split(/: (.*)/s, 2) as [name: string, value: string]);
  return Object.fromEntries(pairs.filter(([name]) => !ADDED_BY_NODE.has(name.toLowerCase())));
}
